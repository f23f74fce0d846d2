import { bindingChanges, type Binding } from './event-bindings';

const HANDLER = 'https://connector.example/bitrix24/key/events';
const online = (event: string, handler = HANDLER): Binding => ({ event, handler, offline: false });
const offline = (event: string): Binding => ({ event, handler: '', offline: true });
const everything = bindingChanges([], undefined, HANDLER).bind;

describe('the bindings of a portal', () => {
  it('are all made when there is none; clicks and callbacks both ways', () => {
    expect(everything).toEqual(
      expect.arrayContaining([
        online('ONEXTERNALCALLSTART'),
        offline('ONEXTERNALCALLSTART'),
        online('ONEXTERNALCALLBACKSTART'),
        offline('ONEXTERNALCALLBACKSTART'),
        online('ONAPPUNINSTALL'),
        online('ONAPPUPDATE'),
        online('ONAPPTEST'),
        online('ONUSERADD'),
        online('ONOFFLINEEVENT'),
      ]),
    );
  });

  it('are left alone when they are all there', () => {
    expect(bindingChanges(everything, undefined, HANDLER)).toEqual({ bind: [], unbind: [], missing: [] });
  });

  it('are made again where some were lost', () => {
    const [lost, ...rest] = everything;
    expect(bindingChanges(rest, undefined, HANDLER).bind).toEqual([lost]);
  });

  it('move to a new address, from an old host and from an old key', () => {
    const old = [
      online('ONAPPTEST', 'https://old.example/bitrix24/key/events'),
      online('ONUSERADD', 'https://connector.example/bitrix24/old-key/events'),
    ];
    const { bind, unbind } = bindingChanges([...old, offline('ONEXTERNALCALLSTART')], undefined, HANDLER);
    expect(unbind).toEqual(old);
    expect(bind).toHaveLength(everything.length - 1);
  });

  it.each(['https://others.example/hook', 'https://others.example/bitrix24/events', 'no address'])(
    'of others stay: %s',
    (handler) => {
      expect(bindingChanges([online('ONAPPTEST', handler)], undefined, HANDLER).unbind).toEqual([]);
    },
  );

  it('are those that the portal offers; what is needed and not offered is told', () => {
    const offered = new Set(['ONAPPUPDATE', 'ONAPPTEST', 'ONEXTERNALCALLSTART']);
    const { bind, missing } = bindingChanges([], offered, HANDLER);
    expect(bind).toEqual([
      online('ONEXTERNALCALLSTART'),
      offline('ONEXTERNALCALLSTART'),
      online('ONAPPUPDATE'),
      online('ONAPPTEST'),
    ]);
    expect(missing).toEqual([
      { event: 'ONEXTERNALCALLBACKSTART', without: expect.stringContaining('callback') as unknown },
    ]);
  });
});
