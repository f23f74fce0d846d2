export { cleanText } from './clean-text';
export { observeChannelData } from './observe-channel-data';
export { observeEvent } from './observe-event';
