/** Keeps the state of a singleton between a crash and its successor. */
export function handover<State>(initial: () => State): { takeOver: () => State; handOn: (state: State) => void } {
  let kept: State | null = null;
  return {
    takeOver: () => kept ?? initial(),
    handOn: (state) => {
      kept = state;
    },
  };
}
