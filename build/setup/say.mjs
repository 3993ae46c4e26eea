/** How set-up talks: one line a step, and a refusal that says what to do next. */

let quiet = false

/** An expected stop of set-up. `next` is the one line the person types or reads. */
export class SetupStop extends Error {
  constructor(message, next) {
    super(message)
    this.next = next
  }
}

export function parseOptions(argv) {
  const purposes = new Set(['run'])
  let again = false
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--with') purposes.add(argv[++i])
    else if (argv[i] === '--quiet') quiet = true
    else if (argv[i] === '--again') again = true
    else throw new Error(`setup: unknown option ${argv[i]}`)
  }
  // The benchmarks open the window and drive devices as the tests do.
  if (purposes.has('bench')) purposes.add('tests')
  return { purposes: [...purposes].sort(), again }
}

/** Says what is being done; with --quiet only problems are said. */
export function say(line) {
  if (!quiet) console.log(`setup: ${line}`)
}

/** Says a line even with --quiet. */
export function warn(line) {
  console.error(`setup: ${line}`)
}

export function stopWith(error) {
  if (error instanceof SetupStop) {
    warn(error.message)
    if (error.next) console.error(`\n    ${error.next}\n`)
  } else {
    console.error(error)
  }
  process.exit(1)
}
