/** What a state may be taken over by: true = the usual thing is done as well. */
export type OnState<C> = (channel: C) => boolean | Promise<boolean>;

/** Takes over states of a channel, as bridges and originates do (switch_state_handler_table_t). */
export interface StateHandler<C> {
  readonly onRouting?: OnState<C>;
  readonly onExecute?: OnState<C>;
  readonly onExchangeMedia?: OnState<C>;
  readonly onSoftExecute?: OnState<C>;
  readonly onConsumeMedia?: OnState<C>;
  readonly onHibernate?: OnState<C>;
  readonly onReset?: OnState<C>;
  readonly onHangup?: OnState<C>;
}
