export { CdrDesk } from './cdr-desk';
