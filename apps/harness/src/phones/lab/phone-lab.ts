import { describeEvent, type PhoneEvent } from '../call/phone-event';
import { Journal } from '../journal/journal';
import { RtpClock } from '../media/rtp-clock';
import { NETWORK_TONES, PHONE_TONES } from '../media/tones';
import { SipLog } from '../sip-log/sip-log';

/** What the phones and trunks of a run share: the log of all SIP messages, the events of all, the clock of all sound. */
export class PhoneLab {
  readonly sipLog = new SipLog();
  readonly journal = new Journal<PhoneEvent>(describeEvent);
  readonly clock = new RtpClock();
  readonly #tones = new Set<number>([...NETWORK_TONES, ...PHONE_TONES]);
  #given = 0;

  /** The frequencies that every phone listens for, Hz. */
  get tones(): readonly number[] {
    return [...this.#tones];
  }

  /** A tone for one more phone, Hz: its own one as long as there are any, and from then on one that others have too. */
  nextTone(): number {
    const hz = PHONE_TONES[this.#given % PHONE_TONES.length] ?? 550;
    this.#given += 1;
    return hz;
  }

  /** All phones created from now on listen for this one too. */
  listenFor(hz: number): void {
    this.#tones.add(hz);
  }
}
