import { APPLICATIONS, firstLoadOf } from './first-load.ts'

/** Prints the first load of both applications against their budgets; exit 1 when one is over. Build first. */
let isOver = false
for (const application of APPLICATIONS) {
  const { name, limit } = application
  const scripts = firstLoadOf(application)
  const sum = scripts.reduce((total, script) => total + script.bytes, 0)
  isOver ||= sum > limit
  console.log(`${name}: ${sum} of ${limit} bytes gzip`)
  for (const { file, bytes } of scripts.toSorted((a, b) => b.bytes - a.bytes)) console.log(`  ${bytes}\t${file}`)
}
process.exitCode = isOver ? 1 : 0
