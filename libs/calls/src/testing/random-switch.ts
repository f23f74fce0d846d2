import { Story } from './story';

/** A phone in a random story: as much of it as tells what may happen to it next. */
export interface Phone {
  readonly leg: string;
  readonly kind: 'client' | 'employee' | 'outside';
  /** The leg that it was dialled for; of one that called in, itself. */
  readonly root: string;
  /** The employee who asks a colleague over this leg. */
  readonly askedBy?: string;
  answered: boolean;
  ended: boolean;
  partner?: string;
  room?: string;
  recording?: string;
}

/** A switch with a handful of phones, on which anything may happen that happens on a real one. */
export class RandomSwitch {
  readonly story = new Story();
  readonly phones: Phone[] = [];
  private named = 0;

  /** A name for the next leg: `client-1`, `1002-7`. */
  name(base: string): string {
    return `${base}-${(this.named += 1)}`;
  }

  add(leg: string, kind: Phone['kind'], details: Partial<Phone> = {}): Phone {
    const phone: Phone = { leg, kind, root: leg, answered: false, ended: false, ...details };
    this.phones.push(phone);
    return phone;
  }

  alive(wanted: (phone: Phone) => boolean = () => true): Phone[] {
    return this.phones.filter((phone) => !phone.ended && wanted(phone));
  }

  phone(leg: string | undefined): Phone | undefined {
    return this.phones.find((phone) => phone.leg === leg && !phone.ended);
  }

  answer(...phones: readonly Phone[]): void {
    for (const phone of phones) {
      if (!phone.answered) this.story.answers(phone.leg);
      phone.answered = true;
    }
  }

  bridge(a: Phone, b: Phone): void {
    this.story.bridges(a.leg, b.leg);
    a.partner = b.leg;
    b.partner = a.leg;
  }

  /** Ends the bridge of a phone, if it is in one; in half of the cases the switch names no other end (bypass media). */
  unbridge(phone: Phone, named = true): void {
    const other = this.phone(phone.partner);
    if (!other) return;
    this.story.unbridges(phone.leg, named ? other.leg : undefined);
    if (other.partner === phone.leg) other.partner = undefined;
    phone.partner = undefined;
  }

  /** Takes a phone out of everything it is in, and ends it. */
  end(phone: Phone, cause: string, details: Parameters<Story['ends']>[2] = {}): void {
    this.unbridge(phone);
    if (phone.room) this.story.leaves(phone.leg, phone.room);
    if (phone.recording) this.story.stopsRecording(phone.leg, phone.recording);
    this.story.ends(phone.leg, cause, details);
    phone.ended = true;
  }
}
