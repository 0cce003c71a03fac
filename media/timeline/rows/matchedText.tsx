import type { TextPiece } from '../../../src/common/query/textPieces';

/** What was looked for is marked in it. */
export const MatchedText = ({ pieces }: { pieces: readonly TextPiece[] }) =>
  pieces.map(({ text, match }, at) =>
    match ? (
      <span key={at} class="match">
        {text}
      </span>
    ) : (
      text
    ),
  );
