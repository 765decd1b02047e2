#!/usr/bin/env node
// `npm test`: installs what the tests need, then runs everything under the pinned Node and adds up what was counted.
// Exit 3 before the first test when a browser or Chinese fonts are missing and may not be installed.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled, pinnedNode } from './tongxin.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, '.cache')

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram)
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function hasBrowser() {
  const given = process.env.CHROMIUM_PATH
  return given ? isProgram(given) : ['chromium', 'chromium-browser', 'google-chrome'].some(onPath)
}

/** Without Chinese fonts pages show boxes, and layout checks measure the boxes. */
function hasChineseFonts() {
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.trim() !== ''
  const folder = '/usr/share/fonts'
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((name) => /CJK|wqy|SourceHanS|uming|ukai/i.test(String(name)))
  )
}

/** The same engine as `chromium` without the window around the page: the journeys cost a fifth less of the machine. */
const WITHOUT_WINDOW = 'chromium-headless-shell'
// Without a network that is said soon.
const PATIENCE = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15']

/** Installs Debian's browser and fonts as root; anybody else is told the exact line. */
function ensureBrowser() {
  const missing = [...(hasBrowser() ? [] : ['chromium']), ...(hasChineseFonts() ? [] : ['fonts-noto-cjk'])]
  const install = ['install', '-y', '--no-install-recommends']
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) => {
      process.stderr.write(`apt-get ${args.join(' ')}\n`)
      return spawnSync('apt-get', [...PATIENCE, ...args], { stdio: ['ignore', 2, 2], env }).status === 0
    }
    const wished = process.env.CHROMIUM_PATH || onPath(WITHOUT_WINDOW) ? [] : [WITHOUT_WINDOW]
    if (missing.length + wished.length > 0) apt('update')
    // Older Debians do not have it, and nothing fails without it.
    if (wished.length > 0) apt(...install, ...wished)
    if (missing.length > 0) apt(...install, ...missing)
    if (hasBrowser() && hasChineseFonts()) return
  }
  if (missing.length === 0) return
  process.stderr.write(
    `The tests need / 测试需要：${missing.join(', ')}\nInstall with / 请安装：\n  sudo apt-get update && sudo apt-get ${[...install, ...missing].join(' ')}\n`,
  )
  if (missing.includes('chromium')) process.stderr.write('or name a Chromium in / 或设置 CHROMIUM_PATH\n')
  process.exit(3)
}

/** Runs one npm script. @returns whether it passed, and what vitest counted in it */
function runScript(script) {
  const json = join(cache, `${script.replace(':', '-')}.json`)
  rmSync(json, { force: true })
  const node = dirname(pinnedNode())
  const env = {
    ...process.env,
    VITEST_JSON: json,
    PATH: [node, join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  }
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  const counted = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : undefined
  const passed = counted?.numPassedTests ?? 0
  // A test file that does not even load has no test that failed; a step without tests (types, lint) counts as one.
  const failed = (counted?.numFailedTests ?? 0) || (status === 0 && counted?.success !== false ? 0 : 1)
  if (status === 0 && !counted) process.stderr.write(`${script}: no test was counted\n`)
  return { passed, failed: status === 0 && counted ? failed : Math.max(failed, 1) }
}

try {
  await ensureInstalled()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
ensureBrowser()
mkdirSync(cache, { recursive: true })
// One after the other: side by side they starve the servers of the journeys, which then answer 503 as they should.
const results = ['check', 'test:e2e'].map(runScript)
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
process.exitCode = sum('failed') === 0 ? 0 : 1
