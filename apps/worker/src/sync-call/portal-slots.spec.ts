import type { StepClass } from '@app/sync';
import { PortalSlots } from './portal-slots';

/** How many requests of a class a portal takes at once. */
function room(places: number, stepClass: StepClass): number {
  const slots = new PortalSlots(places);
  let taken = 0;
  while (slots.enter('portal', stepClass)) taken += 1;
  return taken;
}

describe('the places of a portal', () => {
  it('are all for cards, one less for calls that ended, and half for what takes long', () => {
    expect(
      ['live-card', 'finish', 'recording', 'backfill'].map((each) => room(4, each as StepClass)),
    ).toEqual([4, 3, 2, 2]);
  });

  it('are never none', () => {
    expect(['live-card', 'finish', 'recording'].map((each) => room(1, each as StepClass))).toEqual([1, 1, 1]);
  });

  it('are counted together, so that uploads leave room for a card', () => {
    const slots = new PortalSlots(2);
    expect(slots.enter('portal', 'recording')).toBeDefined();
    expect(slots.enter('portal', 'recording')).toBeUndefined();
    expect(slots.enter('portal', 'live-card')).toBeDefined();
    expect(slots.enter('portal', 'live-card')).toBeUndefined();
  });

  it('are those of one portal', () => {
    const slots = new PortalSlots(1);
    expect(slots.enter('portal', 'live-card')).toBeDefined();
    expect(slots.enter('another', 'live-card')).toBeDefined();
  });

  it('are free again when left', () => {
    const slots = new PortalSlots(1);
    slots.enter('portal', 'finish')?.();
    expect(slots.enter('portal', 'finish')).toBeDefined();
  });
});
