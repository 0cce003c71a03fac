import assert from 'node:assert/strict';
import { framesOfLine } from '../../src/common/code/framesOfLine';
import { stackFrames } from '../../src/common/code/stackFrames';

const places = (text: string) =>
  stackFrames(text).map(({ file, line, column }) => `${file}:${line}${column === null ? '' : `:${column}`}`);

describe('Stack frames in a record', () => {
  const cases: [name: string, text: string, expected: string[]][] = [
    [
      'of Node',
      'Error: x\n    at fetchPage (/app/tools/fetch.js:88:9)\n    at async Promise.all (index 0)\n    at file:///app/main.mjs:3:1\n    at node:internal/timers:574:21\n    at new Order (C:\\app\\order (1).ts:7:12)\n    at <anonymous>',
      ['/app/tools/fetch.js:88:9', 'file:///app/main.mjs:3:1', 'C:\\app\\order (1).ts:7:12'],
    ],
    [
      'of Python',
      'Traceback (most recent call last):\n  File "/srv/app/main.py", line 12, in handle\n    raise ValueError\n  File "<string>", line 1, in <module>',
      ['/srv/app/main.py:12'],
    ],
    [
      'of Java and Kotlin',
      'java.lang.X\n\tat com.acme.Order$Item.price(Order.java:12)\n\tat java.base/java.lang.Thread.run(Thread.java:833)\n\tat Main.main(Main.kt:3)\n\tat sun.Reflect.invoke(Native Method)\n\t... 12 more',
      ['com/acme/Order.java:12', 'java/lang/Thread.java:833', 'Main.kt:3'],
    ],
    [
      'of Go',
      'panic: x\n\ngoroutine 1 [running]:\nmain.handle(0x1)\n\t/src/app/main.go:12 +0x1d\ncreated by main.main\n\tC:/src/app/x.go:40',
      ['/src/app/main.go:12', 'C:/src/app/x.go:40'],
    ],
    [
      'of .NET',
      'System.X: y\n   at Acme.Order.Price(String id) in /src/Acme/Order.cs:line 12\n   at Acme.Main.Run() in C:\\a in b\\Main.cs:line 7\n   at System.Threading.Run()',
      ['/src/Acme/Order.cs:12', 'C:\\a in b\\Main.cs:7'],
    ],
    [
      'of Rust',
      "thread 'main' panicked at src/main.rs:12:5:\nboom\n   3: app::handle\n             at ./src/handler.rs:40:9",
      ['src/main.rs:12:5', './src/handler.rs:40:9'],
    ],
    [
      'and none where there is none',
      'started at 10:15:00\nat 10:15:00:12\n at http://x.test/a.js:1:2\nsee http://x.test:80',
      [],
    ],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.deepEqual(places(text), expected));

  it('say where in the text they stand', () => {
    const text = 'Error\n    at f (/a/b.js:1:2)\n  File "c.py", line 3, in g';
    assert.deepEqual(
      stackFrames(text).map(({ start, end }) => text.slice(start, end)),
      ['/a/b.js:1:2', 'c.py'],
    );
  });

  it('are found in a hostile text, too, and no more of them than anyone reads', () => {
    const pieces = ['at ', ' in ', ':line ', '(', ':1', 'panicked at ', '.rs:', '.go:', 'File "', '", line '];
    const text = pieces.map(piece => `${piece.repeat(200_000)}\n${piece.repeat(150)}\n`).join('');
    assert.equal(stackFrames(text + '\tat a.b.c(B.java:1)\n'.repeat(200_000)).length, 500);
  });
});

describe('Stack frames in one line of a log', () => {
  const marked = (line: string) =>
    framesOfLine(line).map(({ file, line: of, start, end }) => `${file}:${of} ${line.slice(start, end)}`);

  it('stand there as they are, or as a text with escapes', () => {
    assert.deepEqual(marked('    at f (/a/b.js:1:2)'), ['/a/b.js:1 /a/b.js:1:2']);
    const stack = 'Error: "so"\n    at f (C:\\app\\b.js:1:2)\n  File "c.py", line 3, in g\n\tat a.b.C.d(C.java:4)';
    const line = JSON.stringify({ level: 'error', stack, at: 'later' });
    assert.deepEqual(marked(line), ['C:\\app\\b.js:1 C:\\\\app\\\\b.js:1:2', 'c.py:3 c.py', 'a/b/C.java:4 C.java:4']);
    assert.deepEqual(marked('level=error err="boom\\n    at f (x.js:1:2)" id=7'), ['x.js:1 x.js:1:2']);
  });

  it('are not looked for in what is no line for a reader, and in a hostile one in no time', () => {
    assert.deepEqual(framesOfLine(`at f (x.js:1:2)\\n${'x'.repeat(60_000)}`), []);
    assert.deepEqual(framesOfLine(`${'\\n"\\'.repeat(10_000)}\\`), []);
  });
});
