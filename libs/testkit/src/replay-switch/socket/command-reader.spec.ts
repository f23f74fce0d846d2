import { CommandReader, type Command } from './command-reader';

const SENDEVENT = Buffer.from(
  'api echo Привет\n\nsendevent CUSTOM\r\nEvent-Subclass: crm::test\r\nContent-Length: 7\r\n\r\nда\n\n!\n\n\nexit\n\n',
);

function lines(commands: readonly Command[]): string[] {
  return commands.map(({ line }) => line);
}

describe('reading commands', () => {
  it('takes several of one write, with headers and a body counted in bytes', () => {
    const [echo, sent, exit] = new CommandReader().feed(SENDEVENT);
    expect(echo?.line).toBe('api echo Привет');
    expect(sent?.line).toBe('sendevent CUSTOM');
    expect([...(sent?.headers ?? [])]).toEqual([
      ['event-subclass', 'crm::test'],
      ['content-length', '7'],
    ]);
    expect(sent?.written[0]).toEqual(['Event-Subclass', 'crm::test']);
    expect(sent?.body).toBe('да\n\n!');
    expect(exit?.line).toBe('exit');
  });

  it('gives the same commands wherever the bytes are cut', () => {
    const whole = new CommandReader().feed(SENDEVENT);
    for (let cut = 0; cut <= SENDEVENT.length; cut += 1) {
      const reader = new CommandReader();
      const read = [...reader.feed(SENDEVENT.subarray(0, cut)), ...reader.feed(SENDEVENT.subarray(cut))];
      expect(read).toEqual(whole);
    }
  });

  it('gives no command for empty lines, and waits for the blank line', () => {
    const reader = new CommandReader();
    expect(reader.feed(Buffer.from('\n\n\r\n'))).toEqual([]);
    expect(reader.feed(Buffer.from('api status\n'))).toEqual([]);
    expect(lines(reader.feed(Buffer.from('\n')))).toEqual(['api status']);
  });
});
