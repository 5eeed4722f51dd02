const WIDTH = 100;

/** A doc comment, `indent` before each line; nothing when there is nothing to say. */
export function toDocComment(text: string, indent: string, tags: readonly string[] = []): string {
  const lines = [...wrap(text.trim()), ...tags].map((line) => line.replaceAll('*/', '*\\/'));
  if (lines.length === 0) return '';
  const [first] = lines;
  if (lines.length === 1) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

function wrap(text: string): string[] {
  if (text === '') return [];
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((line) => wrapLine(line.trimEnd()));
}

function wrapLine(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + word.length >= WIDTH) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
