import type { HandRoute } from '../testing/hand-plan';

/** Timeouts of the captured dial plan are shorter here: nobody needs to wait for them. */
export const SHORT_SECONDS = 1;

const PUBLIC = [
  'set domain_name=127.0.0.1',
  'set RECORD_STEREO=true',
  'set hangup_after_bridge=true',
  'set ringback=%(1000,4000,425)',
  'set call_direction=inbound',
];

/** What each number of the captured dial plan does (read off the CHANNEL_EXECUTE events of the captures). */
const DIDS: Readonly<Record<string, readonly string[]>> = {
  '74951234560': [`set call_timeout=${SHORT_SECONDS}`, 'bridge user/1001@127.0.0.1'],
  '74951234567': [
    'set call_timeout=20',
    'hash insert/${domain_name}-last_dial_ext/1001/${uuid}',
    'bridge user/1001@127.0.0.1',
  ],
  '74951234568': ['set call_timeout=2', 'bridge user/1001@127.0.0.1,user/1002@127.0.0.1,user/1003@127.0.0.1'],
  '74951234569': [
    `bridge [leg_timeout=${SHORT_SECONDS}]user/1001@127.0.0.1|[leg_timeout=${SHORT_SECONDS}]user/1002@127.0.0.1|[leg_timeout=${SHORT_SECONDS}]user/1003@127.0.0.1`,
  ],
  '74951234570': ['answer', 'callcenter support@127.0.0.1'],
  '74951234571': ['socket 127.0.0.1:${socket_port} async full'],
  '74951234573': ['transfer 1001 XML default'],
  '74951234574': ['bridge user/1009@127.0.0.1'],
  '74951234575': ['bridge user/1009@127.0.0.1|[leg_timeout=10]sofia/gateway/trunk/79990001122'],
  '74951234576': ['answer', 'set fifo_music=local_stream://moh', 'fifo q1@127.0.0.1 in'],
  '74951234577': ['set RECORD_MIN_SEC=10', 'bridge user/1001@127.0.0.1'],
  '74951234578': ['bridge user/1001@127.0.0.1,loopback/79990001122/default'],
  '74951234590': ['transfer 74951234590 XML empty'],
  '74951234594': [
    'set ignore_early_media=true',
    `bridge {group_confirm_key=1,group_confirm_file=/var/fsw/sounds/greet.wav,group_confirm_read_timeout=4000,leg_timeout=9}sofia/gateway/trunk/79990001122,user/1002@127.0.0.1`,
  ],
  '74951234595': [
    'unset execute_on_answer',
    'unset ringback',
    'set bypass_media=true',
    'bridge user/1001@127.0.0.1',
  ],
};

const DEFAULT = [
  'set RECORD_STEREO=true',
  'set hangup_after_bridge=true',
  'set ringback=%(1000,4000,425)',
  'set transfer_ringback=%(1000,4000,425)',
];

/** Contexts of the captured dial plan. `recordings` is the folder that stands for /var/fsw/recordings. */
export function capturedContexts(recordings: string): Readonly<Record<string, HandRoute>> {
  const record = `set execute_on_answer=record_session ${recordings}/\${uuid}.wav`;
  return {
    // a number that nobody has is told to the dial plan all the same: the call ends with NORMAL_CLEARING
    public: (number) => [...PUBLIC, record, ...(DIDS[number] ?? fiftyCalls(number) ?? [])],
    default: (number) => {
      const own = ofDefault(number);
      return (
        own && [...DEFAULT, record, 'hash insert/${domain_name}-spymap/${caller_id_number}/${uuid}', ...own]
      );
    },
    features: (number) =>
      number === 'att_xfer'
        ? [
            "read 3 4 'tone_stream://%(10000,0,350,440)' digits 8000 #",
            'set origination_cancel_key=#',
            'att_xfer user/${digits}@127.0.0.1',
          ]
        : undefined,
  };
}

function fiftyCalls(number: string): readonly string[] | undefined {
  const extension = /^7495200(100\d)$/.exec(number)?.[1];
  return extension === undefined ? undefined : ['set call_timeout=20', `bridge user/${extension}@127.0.0.1`];
}

function ofDefault(number: string): readonly string[] | undefined {
  if (/^10\d\d$/.test(number)) {
    return [
      `export dialed_extension=${number}`,
      'bind_meta_app 1 b s execute_extension::dx XML features',
      'bind_meta_app 4 b s execute_extension::att_xfer XML features',
      'set call_timeout=8',
      'set continue_on_fail=false',
      `hash insert/\${domain_name}-last_dial_ext/${number}/\${uuid}`,
      `bridge user/${number}@127.0.0.1`,
    ];
  }
  const picked = /^\*\*(\d+)$/.exec(number)?.[1];
  if (picked !== undefined) {
    return [
      'answer',
      'set intercept_unbridged_only=true',
      `intercept \${hash(select/127.0.0.1-last_dial_ext/${picked})}`,
    ];
  }
  if (number === '6001') return ['answer', 'valet_park lot1 6001'];
  if (number === '5902') return ['answer', 'fifo q1@127.0.0.1 out nowait'];
  if (number === '3001') return ['answer', 'conference 3001@default'];
  return ofTheTrunk(number);
}

function ofTheTrunk(number: string): readonly string[] | undefined {
  if (!/^79\d{9}$/.test(number)) return undefined;
  const isMobile = number === '79990001122';
  const caller = isMobile ? '' : '74951234567';
  return [
    `set effective_caller_id_number=${caller}`,
    `set effective_caller_id_name=${caller}`,
    `set call_timeout=${isMobile ? 20 : 2}`,
    `bridge sofia/gateway/trunk/${number}`,
  ];
}
