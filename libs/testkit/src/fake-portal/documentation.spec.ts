import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { companyFrom } from './company/company-file';
import { actions } from './control/actions';
import { views } from './control/views';
import { EVENT_FAULT_KINDS } from './events/event-faults';
import { FAULT_KINDS } from './faults/faults';
import { catalogue } from './rest/catalogue';

/** The page for other developers. That its examples work is tested in test/portal.e2e-spec.ts. */
const PAGE = readFileSync(join(__dirname, '../../../../docs/fake-portal.md'), 'utf8');
const NAMED = new Set([...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name));

describe('docs/fake-portal.md', () => {
  it.each([
    ['method', Object.keys(catalogue)],
    ['action', Object.keys(actions)],
    ['view', Object.keys(views)],
    ['fault', FAULT_KINDS],
    ['event fault', EVENT_FAULT_KINDS],
  ])('names every %s', (_kind, names) => {
    expect(names.filter((name) => !NAMED.has(name))).toEqual([]);
  });

  it('shows a company that can be read', () => {
    const [, yaml = ''] = /^```yaml\n([^]*?)^```/m.exec(PAGE) ?? [];
    expect(companyFrom(parse(yaml))).toMatchObject({ crmMode: 'simple', users: [{ name: 'Anna' }, {}, {}] });
  });
});
