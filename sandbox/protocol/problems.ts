/**
 * Everything that can go wrong and that a person hears of. A problem is a code from this closed set;
 * its words say what happened, what is kept and what to do next. A new code does not compile until it has all of them.
 */
export type ProblemSpec = {
  /** HTTP status when the problem answers a request. */
  status: number;
  /** WebSocket close code when the problem ends a connection. */
  close: number;
  title: string;
  kept: string;
  next: string;
  /** Whether the same request can succeed later without anybody changing anything. */
  retry: boolean;
};

export const problems = {
  'bad-origin': {
    status: 403,
    close: 4403,
    title: 'This request did not come from this site.',
    kept: 'Nothing was changed.',
    next: 'Open the lesson from its own address and try again.',
    retry: false,
  },
  'bad-ticket': {
    status: 403,
    close: 4403,
    title: 'The right to attach is missing, used or too old.',
    kept: 'Your shell and files are as they were.',
    next: 'Reload the page; it asks for a new one.',
    retry: true,
  },
  'bad-request': {
    status: 400,
    close: 4400,
    title: 'The request could not be understood.',
    kept: 'Nothing was changed.',
    next: 'Reload the page.',
    retry: false,
  },
  'not-found': {
    status: 404,
    close: 4404,
    title: 'There is nothing at this address.',
    kept: 'Nothing was changed.',
    next: 'Go back to the lessons.',
    retry: false,
  },
  'bad-message': {
    status: 400,
    close: 4400,
    title: 'The page sent a message the sandbox does not know.',
    kept: 'Your shell and files are as they were.',
    next: 'Reload the page to get its newest version.',
    retry: false,
  },
  'frame-too-large': {
    status: 413,
    close: 1009,
    title: 'One message was larger than 64 KiB.',
    kept: 'Your shell and files are as they were.',
    next: 'Paste less at a time, or use a file.',
    retry: false,
  },
  'too-slow': {
    status: 408,
    close: 4408,
    title: 'The connection stood still for too long.',
    kept: 'Your shell, files and running builds go on.',
    next: 'It reconnects by itself.',
    retry: true,
  },
  'host-missing': {
    status: 503,
    close: 4503,
    title: 'There is no Docker host to run a sandbox on.',
    kept: 'The lessons can be read.',
    next: 'Whoever runs this site can see why with "npm run doctor".',
    retry: true,
  },
  'host-full': {
    status: 503,
    close: 4503,
    title: 'Every sandbox is taken at the moment.',
    kept: 'The lessons can be read.',
    next: 'This page asks again by itself; sandboxes are freed when their readers leave.',
    retry: true,
  },
  'address-full': {
    status: 429,
    close: 4429,
    title: 'Your network address already has as many sandboxes as it may.',
    kept: 'The sandboxes that are open stay open.',
    next: 'End one that is no longer needed, or wait until one is freed.',
    retry: true,
  },
  'too-many-requests': {
    status: 429,
    close: 4429,
    title: 'That was asked too often.',
    kept: 'Nothing was changed.',
    next: 'Wait a minute and try again.',
    retry: true,
  },
  'image-missing': {
    status: 503,
    close: 4503,
    title: 'The image sandboxes are made from is not on the host.',
    kept: 'The lessons can be read.',
    next: 'Whoever runs this site can make it again with "npm start".',
    retry: true,
  },
  'start-failed': {
    status: 503,
    close: 4503,
    title: 'The sandbox did not start.',
    kept: 'Nothing was lost: it had not begun.',
    next: 'Try again.',
    retry: true,
  },
  'session-ended': {
    status: 410,
    close: 4410,
    title: 'This sandbox has ended.',
    kept: 'Its files and images are gone; the lessons and your progress stay.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'session-idle': {
    status: 410,
    close: 4410,
    title: 'This sandbox ended because nobody used it for a while.',
    kept: 'Its files and images are gone; the lessons and your progress stay.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'session-expired': {
    status: 410,
    close: 4410,
    title: 'This sandbox reached the end of its time.',
    kept: 'Its files and images are gone; the lessons and your progress stay.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'disk-quota': {
    status: 507,
    close: 4507,
    title: 'This sandbox has used all the disk it may.',
    kept: 'The lessons and your progress stay; its files and images are gone.',
    next: 'Start a new sandbox; remove images and build caches you no longer need with "docker system prune" before it fills up.',
    retry: false,
  },
  'network-quota': {
    status: 429,
    close: 4429,
    title: 'This sandbox has downloaded all it may.',
    kept: 'Your shell, files and images are as they were; only the network is closed.',
    next: 'Go on without downloads, or start a new sandbox.',
    retry: false,
  },
  'output-quota': {
    status: 429,
    close: 4429,
    title: 'This sandbox has printed all the output it may.',
    kept: 'The lessons and your progress stay; its files and images are gone.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'out-of-memory': {
    status: 410,
    close: 4410,
    title: 'This sandbox ended because it ran out of memory.',
    kept: 'The lessons and your progress stay; its files and images are gone.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'host-restarted': {
    status: 410,
    close: 4410,
    title: 'The machine this sandbox ran on was restarted.',
    kept: 'The lessons and your progress stay; its files and images are gone.',
    next: 'Start a new sandbox.',
    retry: false,
  },
  'files-not-saved': {
    status: 413,
    close: 4413,
    title: 'Your files could not be saved.',
    kept: 'They are as they were.',
    next: 'Remove what is large from the workspace, and try again.',
    retry: false,
  },
  'engine-dead': {
    status: 503,
    close: 4503,
    title: 'The Docker engine in this sandbox has stopped.',
    kept: 'Your shell and files are as they were.',
    next: 'It is started again by itself; if it does not come back, start a new sandbox.',
    retry: true,
  },
  'holder-lost': {
    status: 502,
    close: 4502,
    title: 'The connection to your shell broke.',
    kept: 'Your shell, files and running builds go on.',
    next: 'It reconnects by itself.',
    retry: true,
  },
  restarting: {
    status: 503,
    close: 1012,
    title: 'The site is being restarted.',
    kept: 'Your shell, files and running builds go on.',
    next: 'It reconnects by itself.',
    retry: true,
  },
  internal: {
    status: 500,
    close: 1011,
    title: 'Something went wrong on our side.',
    kept: 'Your shell and files are as they were, as far as we know.',
    next: 'Try again.',
    retry: true,
  },
} as const satisfies Record<string, ProblemSpec>;

export type ProblemCode = keyof typeof problems;

/** The problems that are a session's end: it does not come back, another can be had. */
export const sessionEnds: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  ...(['session-ended', 'session-idle', 'session-expired', 'host-restarted'] as const),
  ...(['disk-quota', 'output-quota', 'out-of-memory'] as const),
]);

/** The problems that are told while everything else goes on. */
export const passing: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['network-quota']);

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** What is sent to the browser: the spec's words, and what is particular to this case. */
export type ProblemBody = {
  code: ProblemCode;
  title: string;
  kept: string;
  next: string;
  retry: boolean;
  detail?: string | undefined;
  place?: number | undefined;
};

/** An error with a code of the closed set. `detail` is shown to the reader: never a secret, never another session's name. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  /** In the line for a session; 1 is next. */
  readonly place: number | undefined;

  constructor(code: ProblemCode, detail?: string, options?: ErrorOptions & { place?: number }) {
    super(detail ? `${problems[code].title} ${detail}` : problems[code].title, options);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.place = options?.place;
  }

  get status(): number {
    return problems[this.code].status;
  }

  get close(): number {
    return problems[this.code].close;
  }

  get body(): ProblemBody {
    const { title, kept, next, retry } = problems[this.code];
    const { detail, place } = this;
    return { code: this.code, title, kept, next, retry, ...(detail ? { detail } : {}), ...(place ? { place } : {}) };
  }
}
