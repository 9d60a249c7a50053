import { useEffect, useId, useState } from "preact/hooks";
import { StarIcon } from "./icons.tsx";
import type { Show } from "./show.ts";

const RATINGS = [1, 2, 3, 4, 5] as const;

/** How long a choice waits for a comment to be begun. */
const SOON_MS = 5_000;

/** Asked once per handoff. One tap is enough: it is sent by itself, unless a comment is being written. */
export function Survey({
  handoff,
  state,
  actions,
  speech,
}: Pick<Show, "state" | "actions" | "speech"> & { handoff: string }) {
  const { words } = speech;
  const [rating, setRating] = useState<number | null>(null);
  const [comment, setComment] = useState("");
  const name = useId();
  const busy = state.busy === "survey";

  const [writing, setWriting] = useState(false);
  useEffect(() => {
    if (rating === null || writing) return;
    const timer = setTimeout(() => actions.rate(handoff, rating, ""), SOON_MS);
    return () => clearTimeout(timer);
  }, [rating, writing]);

  useEffect(() => {
    if (!state.shown && rating !== null) actions.rate(handoff, rating, comment);
  }, [state.shown]);

  return (
    <form
      class="card survey"
      onSubmit={(event) => {
        event.preventDefault();
        if (rating !== null) actions.rate(handoff, rating, comment);
      }}
    >
      <fieldset>
        <legend>{words.surveyTitle}</legend>
        <p class="hidden">{words.surveyScale}</p>
        <div class="stars">
          {RATINGS.map((value) => (
            <label key={value} class={rating !== null && value <= rating ? "chosen" : ""}>
              <input
                type="radio"
                name={name}
                value={value}
                checked={rating === value}
                onChange={() => setRating(value)}
              />
              <StarIcon filled={rating !== null && value <= rating} />
              <span class="hidden">{words.ratings[value - 1]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {rating !== null && (
        <>
          <p class="soft" aria-hidden="true">
            {words.ratings[rating - 1]}
          </p>
          {!writing && (
            <p class="soft" role="status">
              {words.surveySoon}
            </p>
          )}
          <label class="field">
            <span>{words.comment}</span>
            <textarea
              rows={2}
              maxLength={2000}
              value={comment}
              onFocus={() => setWriting(true)}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary" disabled={busy}>
            {words.surveySend}
          </button>
        </>
      )}
    </form>
  );
}
