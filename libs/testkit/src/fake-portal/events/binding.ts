/** A handler that an application has bound to an event. */
export interface Binding {
  /** `event_handler_id` of what is sent to it. */
  readonly id: string;
  /** Upper case. */
  readonly event: string;
  /** '' for an offline binding. */
  readonly handler: string;
  /** Whose tokens the events bring; 0: those of the user who caused it. */
  readonly authType: number;
  readonly offline: boolean;
  /** Key of an offline queue. */
  readonly connector: string;
  /** s; for ONOFFLINEEVENT: at most one notice in so many. */
  readonly minTimeoutSeconds: number;
}
