import { phoneHomes, type HomeFacts } from './phone-homes';

const nothing: HomeFacts = { chosen: [], defaultOf: [], lines: [], everywhere: [] };
const homes = (facts: Partial<HomeFacts>) => phoneHomes({ ...nothing, ...facts });

describe('the phones of a portal are', () => {
  it('where somebody says that they are, whatever else is known', () => {
    const chosen = [{ switchId: 'main', domain: 'acme.example' }];
    expect(homes({ chosen, defaultOf: ['main'], everywhere: ['main', 'old'] })).toEqual(chosen);
  });

  it('on its switches by default, and in the domains of its lines', () => {
    const lines = [
      { switchId: 'shared', domain: 'acme.example' },
      { switchId: 'shared', domain: 'acme.example' },
      { switchId: 'main', domain: 'office' },
    ];
    expect(homes({ defaultOf: ['main'], lines, everywhere: ['other'] })).toEqual([
      { switchId: 'main' },
      { switchId: 'shared', domain: 'acme.example' },
    ]);
  });

  it('on a whole switch when a line of it names no domain', () => {
    const lines = [{ switchId: 'main', domain: 'office' }, { switchId: 'main' }];
    expect(homes({ lines })).toEqual([{ switchId: 'main' }]);
  });

  it('everywhere when there is no other portal', () => {
    expect(homes({ everywhere: ['main', 'old'] })).toEqual([{ switchId: 'main' }, { switchId: 'old' }]);
  });

  it('nowhere that anybody knows', () => {
    expect(homes({})).toEqual([]);
  });
});
