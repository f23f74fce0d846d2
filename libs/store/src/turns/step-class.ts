/** What a request is for, the most urgent first. The database knows how full the bucket may be for each. */
export type StepClass = 'live-card' | 'finish' | 'recording' | 'backfill' | 'directory';
