/** Other people's files, and sockets that are files. */
import { changes, learns, says, type Probe } from '../probe.ts';

export const files: Probe[] = [
  {
    name: 'read a neighbour’s home',
    attempt: 'read_everywhere "$B_HOME/secret"; read_everywhere /home/reader/../$B_ID/secret',
    evidence: learns('home'),
    control: 'host',
  },
  {
    name: 'write into a neighbour’s home',
    attempt: 'everywhere "$B_HOME/written" | while read -r f; do echo x >"$f"; done',
    evidence: changes('files at home', (scene) => scene.victim('ls $HOME')),
    control: 'host',
    undo: 'everywhere "$B_HOME/written" | while read -r f; do rm -f "$f"; done',
  },
  {
    name: 'read a file of the host’s',
    attempt: 'read_everywhere "$HOST_FILE"',
    evidence: learns('host-file'),
    control: 'host',
  },
  {
    name: 'call the host’s engine',
    attempt: 'for s in "$HOST_SOCKET" /var/run/docker.sock /run/docker.sock; do call_everywhere "$s"; done',
    evidence: {
      judge: (output, scene) => (output.includes(scene.engineId) ? 'the host’s engine answered' : undefined),
    },
    control: 'host',
  },
  {
    name: 'call the gateway as a neighbour’s shell',
    attempt: 'call_everywhere "$B_LINK"; call_everywhere /run/slipway/../"$B_ID"/gateway.sock',
    evidence: says(/CONNECTED/),
    control: 'host',
  },
  {
    name: 'call a neighbour’s socket',
    attempt: 'for p in /proc/[0-9]*/root; do s=$p/run/user/1000/canary.sock; [ -S $s ] && ask_unix $s && break; done',
    evidence: learns('socket'),
    control: 'joined',
  },
  {
    name: 'change the gateway’s folder',
    attempt: `for d in "$A_LINK" /run/slipway /host/run/slipway /host/run/.ro*/slipway; do
      mount -o remount,bind,rw "$d"; unshare -Urm mount -o remount,bind,rw "$d"; touch "$d/written"; mv "$d/gateway.sock" "$d/moved"; done`,
    evidence: changes('the gateway’s folder', (scene) => Promise.resolve(scene.ownLink())),
    control: 'beside',
    undo: 'for d in "$A_LINK" /run/slipway /host/run/slipway; do rm -f "$d/written"; mv "$d/moved" "$d/gateway.sock"; done',
  },
  {
    name: 'write to the golden store',
    attempt: `unshare -Urm sh -c 'mount -o remount,bind,rw /golden; touch /golden/written'
      for d in /golden /host/golden "$GOLDEN_PATH" "/host$GOLDEN_PATH"; do mount -o remount,bind,rw $d; touch $d/written; umount $d; touch $d/written
      mkdir -p m; mount --bind $d m && mount -o remount,bind,rw m; touch m/written; umount m; done`,
    evidence: changes('the golden store', (scene) => scene.victim('ls -A /golden')),
    control: 'beside',
    undo: 'rm -f /golden/written "/host$GOLDEN_PATH/written"; umount /golden; rm -f /golden/written',
  },
  {
    name: 'lease a file of the golden store',
    numbers: true,
    // F_SETLEASE 1024, F_RDLCK 0, F_WRLCK 1; with a bit above the 32 the kernel reads, too.
    attempt: String.raw`f=$(find /golden /host/golden -type f -size +0 2>/dev/null | head -n 1); for c in 1024 4294968320; do for l in 0 1; do
      perl -e '$f = shift; open $h, "<", $f or die; $r = syscall(72, fileno $h, $ARGV[0] + 0, $ARGV[1] + 0); print $r == 0 ? "LEASED\n" : "refused $!\n"' $f $c $l; done; done`,
    evidence: says(/LEASED/),
    control: { none: 'only a file’s owner, or a right over the whole machine, may lease it' },
  },
  {
    name: 'open files by their handle',
    numbers: true,
    attempt: 'reach open_by_handle_at 304 -1 -1 0',
    evidence: says(/REACHED.*/),
    control: 'beside',
  },
];
