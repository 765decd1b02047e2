import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8 } from 'fflate'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { checkFile } from './check-file.ts'
import { cleanName } from './file-name.ts'
import { BOMBS } from './hostile/bombs.ts'
import { office, pdf } from './hostile/build.ts'
import { hostileImages } from './hostile/images.ts'
import { BAD_NAMES } from './hostile/names.ts'
import { HOSTILE_OFFICE } from './hostile/office.ts'
import { HOSTILE_PDFS } from './hostile/pdfs.ts'
import { WRONG_TYPES } from './hostile/types.ts'
import { inspect } from './inspect.ts'
import { DOCUMENT_POLICY, Faulty, PHOTO_POLICY } from './policy.ts'
import { clamdScanner, noScanner } from './virus-scan.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongxin-upload-'))
const hostile = [...WRONG_TYPES, ...BAD_NAMES, ...HOSTILE_OFFICE, ...BOMBS, ...HOSTILE_PDFS, ...(await hostileImages())]
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let serial = 0
function put(bytes: Uint8Array): string {
  const path = join(folder, `${serial++}.part`)
  writeFileSync(path, bytes)
  return path
}

describe('hostile files', () => {
  it('are more than a hundred', () => expect(hostile.length).toBeGreaterThan(100))

  it.each(hostile)('refuses $what', async ({ name, bytes, fault }) => {
    const path = put(bytes)
    const started = performance.now()
    const error = await checkFile({ path, name, policy: DOCUMENT_POLICY }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Faulty)
    expect((error as Faulty).fault).toBe(fault)
    expect(performance.now() - started).toBeLessThan(5000)
    rmSync(path)
  })

  it('leaves nothing behind', () => expect(readdirSync(folder)).toEqual([]))
})

describe('a policy', () => {
  it('refuses a kind that the feature does not take, and a byte too many', async () => {
    expect(await inspect(put(pdf('')), 'a.pdf', PHOTO_POLICY)).toEqual({ ok: false, fault: 'type_not_allowed' })
    const bytes = pdf('')
    const tight = { ...DOCUMENT_POLICY, maxBytes: bytes.length - 1 }
    expect(await inspect(put(bytes), 'a.pdf', tight)).toEqual({ ok: false, fault: 'too_large' })
  })
})

describe('inspection in its worker', () => {
  it('answers bombs in time and stays small', async () => {
    const bombs = hostile.filter(({ what }) => /40 MB|add up|2,001|bomb|thousand million/.test(what))
    expect(bombs).toHaveLength(5)
    for (const bomb of bombs) {
      const before = process.memoryUsage().rss
      const started = performance.now()
      expect(await inspect(put(bomb.bytes), bomb.name, DOCUMENT_POLICY)).toEqual({ ok: false, fault: bomb.fault })
      expect(performance.now() - started).toBeLessThan(5000)
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
    }
  })

  it('rejects when the file cannot be read: that is our failure, not the file’s', async () => {
    await expect(inspect(join(folder, 'nowhere'), 'a.pdf', DOCUMENT_POLICY)).rejects.toThrow('ENOENT')
  })

  it('takes many at once, two at a time', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 5 }, () => inspect(put(pdf('')), '通知.pdf', DOCUMENT_POLICY)),
    )
    expect(verdicts.every((verdict) => verdict.ok && verdict.kind === 'pdf' && verdict.name === '通知.pdf')).toBe(true)
  })
})

describe('what is kept', () => {
  it('keeps office documents with pictures, links and embedded workbooks as they are', async () => {
    const png = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const bytes = office('docx', {
      'word/document.xml': strToU8(
        '<w:p><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r><w:t>DDE 接口说明</w:t></w:p>',
      ),
      'word/_rels/document.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Type="http://x/relationships/hyperlink" Target="https://www.12371.cn/" TargetMode="External"/></Relationships>',
      ),
      'word/media/image1.png': png,
      'word/embeddings/Workbook1.xlsx': office('xlsx'),
    })
    const path = put(bytes)
    const kept = await checkFile({ path, name: '三会一课/台账 2026.docx', policy: DOCUMENT_POLICY })
    expect(kept).toMatchObject({ kind: 'docx', name: '台账 2026.docx', bytes: bytes.length, picture: null })
    expect(kept.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0)
  })

  it.each(['xlsx', 'pptx'] as const)('keeps a plain %s', async (kind) => {
    expect(await checkFile({ path: put(office(kind)), name: `a.${kind}`, policy: DOCUMENT_POLICY })).toMatchObject({
      kind,
    })
  })

  it('redraws a photo upright without EXIF, place or what follows the pixels', async () => {
    const secret = '<script>alert(document.cookie)</script>'
    const photo = await sharp({ create: { width: 600, height: 200, channels: 3, background: '#335577' } })
      .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '31/1 12/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(photo.includes('SECRET-OWNER')).toBe(true)
    const path = put(Buffer.concat([photo, Buffer.from(secret)]))
    const kept = await checkFile({ path, name: 'IMG_1.JPG', policy: PHOTO_POLICY })
    const bytes = readFileSync(path)
    expect(kept).toMatchObject({ kind: 'jpeg', bytes: bytes.length, picture: { width: 200, height: 600 } })
    expect(bytes.includes('SECRET-OWNER') || bytes.includes(secret)).toBe(false)
    const { exif, orientation } = await sharp(bytes).metadata()
    expect([exif, orientation]).toEqual([undefined, undefined])
  })

  it.each(['png', 'webp'] as const)('makes a large %s smaller', async (kind) => {
    const bytes = await sharp({ create: { width: 5000, height: 100, channels: 4, background: '#33557780' } })
      .toFormat(kind)
      .toBuffer()
    const kept = await checkFile({ path: put(bytes), name: `a.${kind}`, policy: PHOTO_POLICY })
    expect(kept.picture).toEqual({ width: 4096, height: 82 })
  })
})

describe('names', () => {
  it('lose folders and signs that systems forbid, and keep their end when they are long', () => {
    expect(cleanName('C:\\fakepath\\决议.pdf')).toBe('决议.pdf')
    expect(cleanName('a<b>:"c|?*.pdf')).toBe('a_b___c___.pdf')
    const long = cleanName(`${'长'.repeat(300)}.docx`)
    expect([...long]).toHaveLength(120)
    expect(long.endsWith('.docx')).toBe(true)
  })
})

/** An engine at the edge that speaks the daemon's protocol: it says what the test wants after the whole stream. */
async function engine(answer: (body: Buffer, socket: Socket) => void): Promise<{ address: string; server: Server }> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (received.subarray(-4).equals(Buffer.alloc(4))) answer(received, socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { address: `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, server }
}

describe('the virus scanner', () => {
  it('calls nothing clean without an engine, or when nobody listens', async () => {
    expect(await noScanner(put(pdf('')))).toEqual({ state: 'unscanned' })
    expect(await clamdScanner(join(folder, 'no.ctl'))(put(pdf('')))).toEqual({ state: 'unscanned' })
  })

  it.each([
    ['stream: OK\0', { state: 'clean' }],
    ['stream: Eicar-Test-Signature FOUND\0', { state: 'infected', signature: 'Eicar-Test-Signature' }],
    ['INSTREAM size limit exceeded. ERROR\0', { state: 'unscanned' }],
    ['stream: OK but not quite', { state: 'unscanned' }],
    ['', { state: 'unscanned' }],
  ])('takes %j for %j', async (said, verdict) => {
    const { address, server } = await engine((_, socket) => socket.end(said))
    expect(await clamdScanner(address)(put(pdf('')))).toEqual(verdict)
    await new Promise((resolve) => server.close(resolve))
  })

  it('sends the file in counted chunks, and does not call a cut stream clean', async () => {
    let body: Buffer = Buffer.alloc(0)
    const bytes = Buffer.concat([pdf(''), Buffer.alloc(200_000, 'x')])
    const { address, server } = await engine((received, socket) => {
      body = received
      socket.end('stream: OK\0')
    })
    expect(await clamdScanner(address)(put(bytes))).toEqual({ state: 'clean' })
    expect(body.subarray(0, 10).toString()).toBe('zINSTREAM\0')
    expect(body.readUInt32BE(10)).toBe(65536)
    expect(body.length).toBe(10 + bytes.length + 4 * Math.ceil(bytes.length / 65536) + 4)
    await new Promise((resolve) => server.close(resolve))
    const cut = createServer((socket) => socket.once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => cut.listen(0, '127.0.0.1', resolve))
    const at = cut.address()
    expect(
      await clamdScanner(`tcp://127.0.0.1:${typeof at === 'object' ? at?.port : 0}`)(put(Buffer.alloc(5_000_000))),
    ).toEqual({ state: 'unscanned' })
    await new Promise((resolve) => cut.close(resolve))
  })
})
