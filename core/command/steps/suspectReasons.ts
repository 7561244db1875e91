import type { SuspectReason } from '#core/registration/flagSuspectPlanes';

/** What a reason to doubt a registration means, and what to do about it. */
export interface ReasonWords {
  readonly what: string;
  readonly remedy: string;
}

/** The reasons to doubt a registration, in words, the plainest first. */
export const SUSPECT_REASONS: {
  readonly [reason in SuspectReason]: ReasonWords;
} = {
  'not-converged': {
    what: 'no best position was found',
    remedy: 'The plane may be blank; leave it out.',
  },
  'low-correlation': {
    what: 'the planes have too little in common',
    remedy: 'Register another channel, or to another reference.',
  },
  'difference-rose': {
    what: 'the planes differ more than before',
    remedy: 'Try a simpler transformation, or the reference "global".',
  },
  outlier: {
    what: 'far less in common than the other planes have',
    remedy: 'Look at the plane: bleaching, a bubble, a blank frame.',
  },
  'large-displacement': {
    what: 'the plane would move very far',
    remedy: 'Check by eye whether it really moved by more than a quarter of the side.',
  },
  'better-shift-exists': {
    what: 'another shift or turn fits better at low resolution',
    remedy: 'Crop to the part that does not change.',
  },
  'pairs-disagree': {
    what: 'its pairs contradict the other planes',
    remedy: 'Check by eye; the reference "first" takes each plane by itself.',
  },
  'beyond-a-failed-plane': {
    what: 'displaced by a failed plane before it',
    remedy: 'Use the reference "global", or leave the failed plane out.',
  },
};

/** A reason in words; one that a newer version wrote stands for itself. */
export function reasonWords(reason: string): ReasonWords {
  const known = Object.entries(SUSPECT_REASONS).find(([name]) => name === reason);
  return known ? known[1] : { what: reason, remedy: '' };
}
