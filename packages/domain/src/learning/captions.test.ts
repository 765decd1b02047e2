import { describe, expect, it } from 'vitest'
import { readCaptions, writeCaptions } from './captions.ts'

const vtt = (body: string) => readCaptions(`WEBVTT\n\n${body}`)

describe('captions', () => {
  it('says what is wrong and in which line', () => {
    expect(readCaptions('hello')).toEqual({ ok: false, fault: 'no_header', line: 1 })
    expect(readCaptions('WEBVTTX\n\n00:01.000 --> 00:02.000\n好')).toMatchObject({ fault: 'no_header' })
    expect(readCaptions('WEBVTT\n')).toMatchObject({ fault: 'nothing_said' })
    expect(vtt('1\n00:00:01 --> 00:00:02\n好')).toEqual({ ok: false, fault: 'timing_wrong', line: 4 })
    expect(vtt('00:02.000 --> 00:02.000\n好')).toEqual({ ok: false, fault: 'ends_before_start', line: 3 })
    expect(vtt('00:02.000 --> 00:03.000\n<i></i>')).toEqual({ ok: false, fault: 'no_text', line: 3 })
    expect(vtt('00:02.000 --> 00:03.000\n一\n\n00:01.000 --> 00:03.000\n二')).toEqual({
      ok: false,
      fault: 'out_of_order',
      line: 6,
    })
    expect(vtt('a title without a time')).toMatchObject({ fault: 'timing_wrong', line: 3 })
  })

  it('reads WebVTT with notes, styles, identifiers, settings and markup as plain text', () => {
    const read = readCaptions(
      '\uFEFFWEBVTT 党课\r\n\r\nNOTE by hand\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nfirst\r\n00:01.000 --> 00:02.500 align:start\r\n<v 讲师>不忘<b>初心</b>\r\n二 &lt;三&gt; &amp; 四\r\n\r\n100:00:00.000 --> 100:00:01.000\r\n完',
    )
    expect(read).toEqual({
      ok: true,
      cues: [
        { start: 1, end: 2.5, text: '不忘初心\n二 <三> & 四' },
        { start: 360_000, end: 360_001, text: '完' },
      ],
    })
  })

  it('reads half a million brackets that open and never close as quickly as other words', () => {
    const began = performance.now()
    expect(vtt(`00:01.000 --> 00:02.000\n${'<'.repeat(500_000)}`)).toMatchObject({ ok: true })
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('reads SubRip, and what it writes it reads back', () => {
    const read = readCaptions(
      '1\n00:00:01,000 --> 00:00:02,000\n一\n\n2\n00:00:02,001 --> 00:01:02,999\n<b>二</b> & -->\n',
    )
    if (!read.ok) throw new Error(read.fault)
    expect(read.cues).toHaveLength(2)
    expect(readCaptions(writeCaptions(read.cues))).toEqual(read)
  })
})
