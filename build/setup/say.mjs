/** How set-up talks: one line a step, and a refusal that says what to do next. */

let quiet = false

/** An expected stop of set-up. `next` is the one line the person types or reads. */
export class SetupStop extends Error {
  constructor(message, next) {
    super(message)
    this.next = next
  }
}

/** From now on only problems are said. */
export function beQuiet() {
  quiet = true
}

/** Says what is being done, on stderr: stdout belongs to the task. */
export function say(line) {
  if (!quiet) warn(line)
}

/** Says a line even when quiet. */
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
