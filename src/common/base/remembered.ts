/** Asks each question once; for few different ones that come again and again, such as what a field's name stands for. */
export function remembered<Key, Value>(answerTo: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>();
  let lastKey: Key | undefined;
  let lastAnswer: Value | undefined;
  return key => {
    if (lastAnswer !== undefined && key === lastKey) return lastAnswer;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = answerTo(key);
      answers.set(key, answer);
    }
    lastKey = key;
    lastAnswer = answer;
    return answer;
  };
}
