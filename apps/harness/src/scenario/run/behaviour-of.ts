import {
  announcesAndRefuses,
  answers,
  refuses,
  rings,
  ringsAudibly,
  saysNothing,
  type Behaviour,
} from '../../phones';
import type { WhenCalled } from '../language/cast';

/** What a phone does by itself when it is called, as a phone understands it. */
export function behaviourOf(whenCalled: WhenCalled): Behaviour {
  if (typeof whenCalled === 'object')
    return 'refuses' in whenCalled ? refuses(whenCalled.refuses) : announcesAndRefuses(whenCalled.announces);
  switch (whenCalled) {
    case 'rings':
      return rings;
    case 'answers':
      return answers;
    case 'keeps silent':
      return saysNothing;
    case 'rings audibly':
      return ringsAudibly;
  }
}
