import { CLIENT_NUMBER, story, type Story } from './story';

/** Calls of every day, in which cards come and go. */
export const CLASSIC_CALLS: Readonly<Record<string, () => Story>> = {
  'a group rings, the second answers': () =>
    story()
      .comesIn('client')
      .dials('1001', '1002', '1003')
      .rings('1001', '1002', '1003')
      .wait(4)
      .talk('client', '1002')
      .records('client', '/recordings/1.wav')
      .ends('1001', 'LOSE_RACE')
      .ends('1003', 'LOSE_RACE')
      .wait(60)
      .hangsUp('client')
      .stopsRecording('client', '/recordings/1.wav')
      .areDropped('1002'),

  'one after the other, nobody answers': () =>
    story()
      .comesIn('client')
      .dials('1001')
      .rings('1001')
      .wait(5)
      .ends('1001', 'ALLOTTED_TIMEOUT')
      .dials('1002')
      .rings('1002')
      .wait(5)
      .ends('1002', 'ALLOTTED_TIMEOUT')
      .ends('client', 'ALLOTTED_TIMEOUT'),

  'a blind transfer': () =>
    story()
      .comesIn('client')
      .dials('1001')
      .rings('1001')
      .talk('client', '1001')
      .records('client', '/recordings/2.wav')
      .wait(9)
      .isTransferred('client', '1002', '1001')
      .unbridges('client', '1001')
      .ends('1001', 'NORMAL_CLEARING', { transferredAway: true })
      .dials('1002')
      .rings('1002')
      .wait(2)
      .talk('client', '1002')
      .wait(9)
      .stopsRecording('client', '/recordings/2.wav')
      .hangsUp('client')
      .areDropped('1002'),

  'a consultation and an attended transfer': () =>
    story()
      .comesIn('client')
      .dials('1001')
      .rings('1001')
      .talk('client', '1001')
      .wait(9)
      .dialsFor('1002', { linkedTo: ['1001'] })
      .rings('1002')
      .talk('1001', '1002')
      .wait(5)
      .hangsUp('1001')
      .unbridges('1001', '1002')
      .bridges('1002', 'client')
      .wait(9)
      .hangsUp('client')
      .areDropped('1002'),

  'a click-to-call over the second gateway': () =>
    story()
      .originates('1001')
      .rings('1001')
      .answers('1001')
      .dials('gateway-1')
      .ends('gateway-1', 'GATEWAY_DOWN')
      .dials('gateway-2')
      .rings('gateway-2')
      .talk('1001', 'gateway-2')
      .wait(9)
      .hangsUp('gateway-2')
      .areDropped('1001'),

  'two clients whom an employee joins': () =>
    story()
      .comesIn('client')
      .dials('1001')
      .rings('1001')
      .talk('client', '1001')
      .wait(5)
      .phones('1001-line2', CLIENT_NUMBER)
      .dialsFor('supplier', { linkedTo: ['1001-line2'] })
      .rings('supplier')
      .talk('1001-line2', 'supplier')
      .records('supplier', '/recordings/3.wav')
      .wait(5)
      .unbridges('1001-line2', 'supplier')
      .hangsUp('1001-line2')
      .unbridges('client', '1001')
      .hangsUp('1001')
      .bridges('client', 'supplier')
      .wait(9)
      .stopsRecording('supplier', '/recordings/3.wav')
      .hangsUp('client')
      .areDropped('supplier'),
};
