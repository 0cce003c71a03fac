/** Asks each question once; for few different ones that come again and again, such as what a field's name stands for. */
export function remembered<Key, Value>(answerTo: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  return key => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = answerTo(key);
    answers.set(key, answer);
    return answer;
  };
}
