/** Kinds of sockets that reach the machine or its neighbours in their own way. */
import { says, type Probe } from '../probe.ts';

const opens = (
  name: string,
  sockets: readonly [string, number, number, number][],
  control: Probe['control'],
): Probe => ({
  name,
  attempt: sockets.map((one) => `try_socket ${one.join(' ')}`).join('\n'),
  evidence: says(/OPENED.*/),
  control,
});
const STREAM = 1;
const DATAGRAM = 2;
const RAW = 3;
const SEQUENCED = 5;

export const sockets: Probe[] = [
  opens(
    'reach the hypervisor',
    [
      ['AF_VSOCK', 40, STREAM, 0],
      ['AF_VSOCK', 40, DATAGRAM, 0],
    ],
    { none: 'not every kernel has it' },
  ),
  opens('use the kernel’s ciphers', [['AF_ALG', 38, SEQUENCED, 0]], { none: 'not every kernel has it' }),
  opens(
    'send frames of my own making',
    [
      ['AF_PACKET', 17, RAW, 768],
      ['AF_PACKET', 17, DATAGRAM, 768],
      ['AF_XDP', 44, RAW, 0],
    ],
    'beside',
  ),
  opens(
    'hear the kernel’s audit and device events',
    [
      ['audit', 16, RAW, 9],
      ['uevent', 16, RAW, 15],
      ['crypto', 16, RAW, 21],
      ['generic', 16, RAW, 16],
    ],
    'beside',
  ),
  opens(
    'use rare protocols',
    [
      ...(
        [
          'CAN 29',
          'RDS 21',
          'TIPC 30',
          'BLUETOOTH 31',
          'SMC 43',
          'KCM 41',
          'QIPCRTR 42',
          'NFC 39',
          'PPPOX 24',
          'LLC 26',
          'KEY 15',
          'X25 9',
          'IB 27',
        ] as const
      ).map((family): [string, number, number, number] => [
        family.split(' ')[0] ?? '',
        Number(family.split(' ')[1]),
        STREAM,
        0,
      ]),
      ['SCTP', 2, STREAM, 132],
      ['MPTCP', 2, STREAM, 262],
    ],
    { none: 'not every kernel has one' },
  ),
];
