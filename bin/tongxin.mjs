#!/usr/bin/env node
// Launcher without dependencies for any Node from 20.11: installs what is missing (for `start`), then runs the command
// line under the Node that this project pins. Texts here are English and Chinese at once, since nothing is loaded yet.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The pinned Node of this machine, or this one where none is pinned and it is new enough. */
export function pinnedNode() {
  const program = join(
    root,
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (existsSync(program)) return program
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(`no Node 24 for ${process.platform}-${process.arch}: install Node 24 / 请安装 Node 24`)
}

/** Whether node_modules holds what package-lock.json asks for; optional packages may be for other machines. */
function isInstalled() {
  try {
    const packagesOf = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages
    const installed = packagesOf('node_modules/.package-lock.json')
    return Object.entries(packagesOf('package-lock.json')).every(
      ([path, { version, link, optional }]) =>
        !path.startsWith('node_modules/') ||
        optional ||
        (link ? installed[path]?.link : installed[path]?.version === version),
    )
  } catch {
    return false
  }
}

/** Runs `npm ci` unless everything is there. Two starts at once: the second waits for the first. */
export async function ensureInstalled() {
  if (isInstalled()) return
  const release = await lock(join(root, '.cache', 'install.lock'))
  try {
    if (isInstalled()) return
    process.stderr.write('Installing packages, about a minute … 正在安装依赖，约需一分钟……\n')
    // `npm ci` also refuses a lock that lacks a package for some other platform; integrity holds for both ways.
    const isDone = (await npm('ci')) || (await npm('install', '--no-save'))
    if (!isDone) throw new Error('npm ci failed: see the lines above / 安装依赖失败，见上文')
  } finally {
    release()
  }
}

/** Runs npm with a sign of life every ten seconds, since it says nothing itself while it loads. */
function npm(...words) {
  const own = process.env.npm_execpath
  const program = own?.endsWith('.js') ? [process.execPath, own] : ['npm']
  const args = [...program.slice(1), ...words, '--include=dev', '--include=optional', '--loglevel=error']
  const child = spawn(program[0], args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  const began = Date.now()
  const timer = setInterval(() => process.stderr.write(`  ${Math.round((Date.now() - began) / 1000)} s …\n`), 10_000)
  return new Promise((resolve) => {
    const ended = (code) => {
      clearInterval(timer)
      resolve(code === 0)
    }
    child.once('exit', ended)
    child.once('error', () => ended(1))
  })
}

async function lock(path) {
  mkdirSync(dirname(path), { recursive: true })
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isAlive(Number(readFileSync(path, 'utf8') || process.pid))) rmSync(path, { force: true })
    else await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs the command line under the pinned Node and ends as it ends. */
function run(args) {
  // A young generation that holds all requests in flight: what ends with its request is never copied. The server gives
  // back what starting took (`--expose-gc`), so an idle one stays below 200 MB.
  const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-semi-space-size=32']
  const child = spawn(pinnedNode(), [...flags, join(root, 'apps/server/src/cli/main.ts'), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // Stripped and compiled modules are kept: a third less time and 20 MB less memory at each start. Two heaps of
    // glibc's allocator instead of one for each thread: what threads gave back would stay with them.
    env: { NODE_COMPILE_CACHE: join(root, '.cache', 'node'), MALLOC_ARENA_MAX: '2', ...process.env },
  })
  let takesMessages = false
  child.on('message', () => {
    takesMessages = true
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      // Ctrl-C reaches the whole process group. A message lets the server tell our copy from a second Ctrl-C.
      if (takesMessages && child.connected) child.send({ signal: name })
      else child.kill(name)
    })
  }
  stopWithNpm(() => child.kill('SIGTERM'))
  child.on('error', (error) => fail(error))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

/** npm that was killed takes its shell along but not us: without npm nobody would know that a server is left. */
function stopWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

function fail(error) {
  const problem = { type: 'about:blank', title: error.message, status: 503, code: 'runtime.unexpected' }
  process.stderr.write(`${JSON.stringify(problem, null, 2)}\n`)
  process.exit(1)
}

if (process.argv[1] && fileURLToPath(import.meta.url) === (await import('node:fs')).realpathSync(process.argv[1])) {
  const args = process.argv.slice(2)
  try {
    if (args[0] === 'start') await ensureInstalled()
    else if (!existsSync(join(root, 'node_modules')))
      throw new Error('run npm ci or npm start first / 请先运行 npm ci 或 npm start')
    run(args)
  } catch (error) {
    fail(error)
  }
}
