import type { App } from '../app.ts'
import type { Desk } from './desk.ts'
import { samplePackage } from './sample-package.ts'
import type { Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const HERTZ = 8000
const SECONDS = 6
/** A rising and falling fourth, as a school bell begins a lesson: each note rings out. */
const NOTES = [523.25, 659.25, 783.99, 659.25, 523.25, 392]

/** A sound of a few seconds as WAV, eight bits, one channel: made here, so that nobody's rights are touched. */
function chime(): Buffer {
  const samples = Buffer.alloc(HERTZ * SECONDS)
  for (let at = 0; at < samples.length; at += 1) {
    const second = at / HERTZ
    const since = second % 1
    const wave = Math.sin(2 * Math.PI * (NOTES[Math.floor(second)] ?? 0) * second) * Math.exp(-3 * since)
    samples[at] = 128 + Math.round(100 * wave)
  }
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(HERTZ, 24)
  head.writeUInt32LE(HERTZ, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

const VTT = `WEBVTT

00:00.000 --> 00:03.000
（铃声）现在开始上党课

00:03.000 --> 00:06.000
请把手机调到静音
`

/** A sound with captions, a package, and a key for an outside platform: what courses can hold beside words. */
export async function keepLearningFiles(stage: Stage): Promise<void> {
  const [author] = stage.desks.allOfPost('party_worker', stage.rootId)
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  if (!author) return
  const origin = await listening(stage.app)
  await at(stage.now, async () => {
    const sound = await upload(origin, author, { name: '上课铃.wav', purpose: 'media', bytes: chime() })
    const { id } = await author<{ id: string }>('POST', '/media', {
      fileId: sound,
      durationSeconds: SECONDS,
      title: '上课铃（示例音频）',
      source: '平台自制',
      copyright: '自制，可自由使用',
      transcript: '（铃声）现在开始上党课。请把手机调到静音。',
    })
    await author('PUT', `/media/${id}/captions/zh-CN`, { vtt: VTT })
    const zip = await upload(origin, author, { name: '支部工作自测.zip', purpose: 'package', bytes: samplePackage() })
    await author('POST', '/packages', { fileId: zip })
    await committee('POST', '/xapi/credentials', {
      name: '市干部网络学院',
      purpose: '接收本单位党员在外部平台的学习记录',
      rights: ['statements/write', 'statements/read/mine'],
    })
  })
}

/** Uploads go through the tus server, which speaks over a connection only. @returns the origin of this process */
export async function listening({ http }: App): Promise<string> {
  if (!http.server.listening) await http.listen({ host: '127.0.0.1', port: 0 })
  return http.listeningOrigin
}

const encoded = (text: string): string => Buffer.from(text).toString('base64')
type Upload = { readonly name: string; readonly purpose: 'photo' | 'media' | 'package'; readonly bytes: Uint8Array }

export async function upload(origin: string, { cookie = '' }: Desk, { name, purpose, bytes }: Upload): Promise<string> {
  const send = async (method: string, path: string, headers: Record<string, string>, body?: Uint8Array) => {
    const answer = await fetch(`${origin}/api/v1/files${path}`, {
      method,
      headers: { cookie, 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: new Uint8Array(body) } : {}),
    })
    if (!answer.ok) throw new Error(`upload ${name}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const described = `filename ${encoded(name)},purpose ${encoded(purpose)}`
  const made = await send('POST', '', { 'upload-length': String(bytes.length), 'upload-metadata': described })
  const id = made.headers.get('location')?.split('/').at(-1) ?? ''
  await send('PATCH', `/${id}`, { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, bytes)
  return id
}
