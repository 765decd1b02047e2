import { spawnSync } from 'node:child_process'
import { lchownSync, statSync } from 'node:fs'

/** The user PostgreSQL runs as; `undefined` ids mean: as we are. */
export type ServiceUser = { readonly uid?: number; readonly gid?: number; readonly name: string }

const NAME = 'tongxin'

const isRoot = (): boolean => process.getuid?.() === 0

function idOf(name: string): ServiceUser | undefined {
  const answer = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const uid = answer('-u')
  const gid = answer('-g')
  if (uid.status !== 0 || gid.status !== 0) return undefined
  return { uid: Number(uid.stdout.trim()), gid: Number(gid.stdout.trim()), name }
}

/** PostgreSQL refuses to run as root, and initdb needs a user with a name: a system user of our own, else `nobody`. */
function systemUser(): ServiceUser {
  const existing = idOf(NAME)
  if (existing) return existing
  const shape = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ]
  spawnSync('useradd', [...shape, NAME])
  const user = idOf(NAME) ?? idOf('nobody')
  if (!user) throw new Error('no unprivileged user to run PostgreSQL: create one with useradd --system tongxin')
  return user
}

/** Who runs the cluster in `directory`: its owner when it exists, so that data never changes hands by itself. */
export function serviceUserOf(directory: string): ServiceUser {
  if (!isRoot()) return { name: 'self' }
  const owner = statSync(directory, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    const named = idOf(String(owner.uid))
    if (named) return named
  }
  return systemUser()
}

export const idsOf = (user: ServiceUser): { uid?: number; gid?: number } =>
  user.uid === undefined || user.gid === undefined ? {} : { uid: user.uid, gid: user.gid }

export function giveTo(user: ServiceUser, path: string): void {
  if (user.uid !== undefined && user.gid !== undefined) lchownSync(path, user.uid, user.gid)
}

/** Whether the user can enter and write `directory`: asked of the system, since every folder above has a say. */
export function canUse(user: ServiceUser, directory: string): boolean {
  const attempt = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w "$1"', 'sh', directory], { cwd: '/', ...idsOf(user) })
  return attempt.status === 0
}

/** Whether the user can run this program, libraries included. */
export function canRun(user: ServiceUser, program: string): boolean {
  return spawnSync(program, ['--version'], { cwd: '/', env: {}, ...idsOf(user) }).status === 0
}
