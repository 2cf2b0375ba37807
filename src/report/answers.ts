/** Answers shown, the newest; older ones have had their reaction. */
const maxAnswers = 5;

/** What people asked in comments; each line is Markdown of our own making. */
export function shownAnswers(answers: readonly string[]): readonly string[] {
  return answers.filter(isLine).slice(-maxAnswers);
}

function isLine(answer: string): boolean {
  return answer.length <= 5_000 && !/[\r\n]/.test(answer);
}
