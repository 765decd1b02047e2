import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Types of all tables for Kysely. Dates stay strings and int8 becomes a number, as the pool parses them. */
export async function dbTypes(url: string): Promise<string> {
  const args = ['--dialect', 'postgres', '--url', url, '--date-parser', 'string', '--print', '--log-level', 'error']
  const mapping = [
    '--type-mapping',
    JSON.stringify({ int8: 'number' }),
    '--default-schema',
    'public',
    '--include-pattern',
    'public.*',
  ]
  const { stdout } = await promisify(execFile)('kysely-codegen', [...args, ...mapping], { maxBuffer: 16 * 1024 * 1024 })
  return `${stdout.trim()}\n`
}
