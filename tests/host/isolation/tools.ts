/** The functions that attempts are written with. Bash and perl-base: what any Debian image has. */
export const TOOLS = String.raw`
# Where no name server answers, that is soon known.
export RES_OPTIONS='timeout:1 attempts:1'

# ask HOST PORT: what a server says to one line
ask() { perl -MIO::Socket::INET -e '$SIG{PIPE} = "IGNORE"; $s = IO::Socket::INET->new(PeerAddr => "$ARGV[0]:$ARGV[1]", Timeout => 3) or exit 1;
  $s->autoflush(1); print $s "GET / HTTP/1.0\r\n\r\n"; $SIG{ALRM} = sub { exit 1 }; alarm 4; print while <$s>' "$@"; }

# ask_bound HOST PORT: the same from a socket bound to each interface, which needs no route: the kernel looks for the address on the link
ask_bound() { for d in $(ls /sys/class/net); do perl -MSocket -e '($d, $h, $p) = @ARGV; $SIG{PIPE} = "IGNORE"; $SIG{ALRM} = sub { die "$d $h silence\n" }; alarm 3;
  socket($s, AF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, 25, "$d\0") or die "bind $!"; connect($s, pack_sockaddr_in($p, inet_aton($h))) or die "$d $h $!\n";
  syswrite($s, "GET / HTTP/1.0\r\n\r\n"); print while <$s>' $d "$@" & done; wait; }

# ask_unix PATH: the same of a Unix socket; an abstract one begins with @
ask_unix() { perl -MSocket -e '$| = 1; $SIG{PIPE} = "IGNORE"; $p = shift; $p =~ s/^@/\0/; socket($s, AF_UNIX, SOCK_STREAM, 0) or exit 1;
  connect($s, pack_sockaddr_un($p)) or exit 1; print "CONNECTED\n"; syswrite($s, "GET /info HTTP/1.0\r\nHost: x\r\n\r\n"); $SIG{ALRM} = sub { exit 1 }; alarm 4; print while <$s>' "$1"; }

# everywhere PATH: where a path of somebody else's might be found: below any root in $bases
everywhere() { local base; while read -r base; do printf '%s%s\n' "$base" "$1"; done <"$bases"; }

# read_everywhere PATH: the first that can be read
read_everywhere() { local f; while read -r f; do [ -r "$f" ] && cat "$f" && return; done < <(everywhere "$1"); return 1; }

# call_everywhere PATH: the first Unix socket there that answers
call_everywhere() { local f; while read -r f; do [ -S "$f" ] && ask_unix "$f" && return; done < <(everywhere "$1"); return 1; }

# reach NAME NUMBER [ARGUMENT...]: says REACHED when the kernel got to see the system call: EPERM, and ENOSYS in its place, are the filter's
reach() { perl -e '($n, @a) = @ARGV; $r = syscall($a[0] + 0, $a[1] + 0, $a[2] + 0, $a[3] + 0, $a[4] + 0, $a[5] + 0, $a[6] + 0); $e = $r < 0 ? $! + 0 : 0;
  print $e == 1 || $e == 38 ? "refused $n $e\n" : "REACHED $n $e\n"' "$@"; }

# try_socket NAME FAMILY TYPE PROTOCOL: says OPENED when there is such a socket
try_socket() { perl -e '$n = shift; print socket($s, $ARGV[0], $ARGV[1], $ARGV[2]) ? "OPENED $n\n" : "refused $n " . ($! + 0) . "\n"' "$@"; }

# named NAME: the numbers of the processes with such a name
named() { grep -lsx "$1" /proc/[0-9]*/comm | cut -d/ -f3; }
`;

/** Writes down, before anything else runs, what leads to other roots: each process's root, folder and open folders. */
export const BASES = String.raw`{ printf '%s\n' "" /host; for p in /proc/[0-9]*; do printf '%s\n' $p/root; for b in $p/cwd $p/fd/*; do
  [ -d "$b/" ] && printf '%s\n' "$b/../../../../../../../../../.."; done; done; } 2>/dev/null`;
