import { recordingFiles, recordingsByCoverage, recordingState } from './recordings';
import { callOf } from './testing/retell';
import { story, type Story } from './testing/story';

const stateIn = (told: Story) => {
  const call = callOf(told);
  return call.recordings.map((recording) => recordingState(call, recording));
};
const bestIn = (told: Story) => recordingsByCoverage(callOf(told)).map(({ path }) => path);

const inTalk = () =>
  story().comesIn('client').dials('1001').talk('client', '1001').records('client', '/r/a.wav').wait(30);

describe('the state of a recording', () => {
  it('grows while its channel lives, is ready when the switch has closed it', () => {
    expect(stateIn(inTalk())).toEqual(['running']);
    expect(stateIn(inTalk().stopsRecording('client', '/r/a.wav'))).toEqual(['ready']);
  });

  it('is torn when its channel is gone and nobody closed it', () => {
    expect(stateIn(inTalk().isLost('client').isLost('1001'))).toEqual(['torn']);
  });

  it('was closed after all: the stop comes after the loss', () => {
    expect(stateIn(inTalk().isLost('client').stopsRecording('client', '/r/a.wav'))).toEqual(['ready']);
  });

  it('is thrown away when it was too short: it is no file any more', () => {
    const told = inTalk().stopsRecording('client', '/r/a.wav', { discarded: true });
    expect(stateIn(told)).toEqual(['discarded']);
    expect(recordingFiles(callOf(told))).toEqual([]);
  });

  it('a loopback leg that bows out takes its recording along to another leg: it still grows', () => {
    const told = story()
      .comesIn('client')
      .loopback('lo-a', 'lo-b', 'client')
      .dialsFor('1001', { linkedTo: ['lo-b'] });
    told
      .talk('lo-b', '1001')
      .answers('lo-a', 'client')
      .bridges('client', 'lo-a')
      .records('lo-a', '/r/a.wav')
      .wait(2);
    told.bridges('client', '1001').ends('lo-a').ends('lo-b').wait(9).hangsUp('client');
    expect(stateIn(told)).toEqual(['running']);
    expect(stateIn(told.stopsRecording('1001', '/r/a.wav').areDropped('1001'))).toEqual(['ready']);
  });

  it("a loopback leg's recording that nobody closed is torn when the call is over", () => {
    const told = story().comesIn('client').loopback('lo-a', 'lo-b', 'client').records('lo-a', '/r/a.wav');
    expect(stateIn(told.isLost('lo-a').isLost('lo-b').isLost('client'))).toEqual(['torn']);
  });

  it('a file that is written to again (RECORD_APPEND) is known from its first second to its last', () => {
    const told = inTalk().stopsRecording('client', '/r/a.wav').wait(5).records('client', '/r/a.wav').wait(5);
    const [recording] = callOf(told.stopsRecording('client', '/r/a.wav')).recordings;
    expect(recording!.stopped!.at - recording!.started!.at).toBe(40_000);
  });

  it('a stop without a start (we came in mid-call) is a recording too', () => {
    const told = story().comesIn('client').dials('1001').talk('client', '1001').wait(30);
    told.stopsRecording('client', '/r/a.wav', { lengthMs: 30_000 });
    expect(callOf(told).recordings).toMatchObject([{ path: '/r/a.wav', lengthMs: 30_000 }]);
    expect(bestIn(told)).toEqual(['/r/a.wav']);
  });
});

describe('recordings worth attaching', () => {
  it('the one that covers most of the talk comes first', () => {
    const told = story()
      .comesIn('client')
      .dials('1001')
      .talk('client', '1001')
      .records('client', '/r/first.wav')
      .wait(5);
    told.stopsRecording('client', '/r/first.wav').wait(1).records('client', '/r/second.wav').wait(50);
    expect(bestIn(told.stopsRecording('client', '/r/second.wav').hangsUp('client'))).toEqual([
      '/r/second.wav',
      '/r/first.wav',
    ]);
  });

  it("of two that cover the same talk (pickup) the client's own", () => {
    const told = story().comesIn('client').answers('client').phones('1002', '*8').answers('1002');
    told
      .records('1002', '/r/agent.wav')
      .records('client', '/r/client.wav')
      .bridges('1002', 'client')
      .wait(30);
    told
      .stopsRecording('1002', '/r/agent.wav')
      .stopsRecording('client', '/r/client.wav')
      .hangsUp('client')
      .areDropped('1002');
    expect(bestIn(told)).toEqual(['/r/client.wav', '/r/agent.wav']);
  });

  it('a greeting, a voice mail and a consultation hold nothing of the talk: they are not offered', () => {
    const told = story().comesIn('client').answers('client').records('client', '/r/greeting.wav').wait(5);
    told.stopsRecording('client', '/r/greeting.wav').wait(1).dials('1001').talk('client', '1001').wait(9);
    told
      .dialsFor('1002', { linkedTo: ['1001'] })
      .talk('1001', '1002')
      .records('1002', '/r/asked.wav')
      .wait(9);
    told.stopsRecording('1002', '/r/asked.wav').hangsUp('1002').hangsUp('client').areDropped('1001');
    expect(recordingFiles(callOf(told))).toEqual(['/r/asked.wav', '/r/greeting.wav']);
    expect(bestIn(told)).toEqual([]);
  });

  it("one that holds the queue's music and the talk is offered", () => {
    const told = story()
      .comesIn('client')
      .answers('client')
      .records('client', '/r/all.wav')
      .wait(60)
      .dials('1001');
    expect(
      bestIn(told.talk('client', '1001').wait(9).stopsRecording('client', '/r/all.wav').hangsUp('client')),
    ).toEqual(['/r/all.wav']);
  });

  it('one that still runs is offered: it is worth waiting for', () => {
    expect(bestIn(inTalk())).toEqual(['/r/a.wav']);
  });

  it('nobody talked: nothing is offered', () => {
    expect(bestIn(story().comesIn('client').answers('client').records('client', '/r/a.wav').wait(9))).toEqual(
      [],
    );
  });
});
