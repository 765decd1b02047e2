import sharp from 'sharp'
import type { App } from '../app.ts'
import type { Desk } from './desk.ts'
import { listening, upload } from './learning-files.ts'

const WIDTH = 960
const HEIGHT = 720

/** Somebody as a shape: nobody is to be recognised. */
const figure = (x: number, y: number, colour: string): string =>
  `<g fill="${colour}"><circle cx="${x}" cy="${y}" r="42"/><path d="M${x - 78} ${y + 190}q0-132 78-132t78 132z"/></g>`
const row = (xs: readonly number[], y: number, colours: readonly string[]): string =>
  xs.map((x, place) => figure(x, y, colours[place % colours.length] ?? '')).join('')
const COLOURS = ['#3f5a73', '#7a5c4a', '#56705a', '#6a5a78']

const ROOM = `<rect width="1200" height="640" fill="#efe7da"/><rect y="640" width="1200" height="260" fill="#b99b78"/>
<rect x="330" y="90" width="540" height="250" rx="6" fill="#fdfdfb" stroke="#8c8c8c" stroke-width="8"/>
<path d="M380 150h300M380 200h420M380 250h240" stroke="#c8161d" stroke-width="14" stroke-linecap="round"/>
${row([170, 380, 600, 820, 1030], 430, COLOURS)}<path d="M60 610h1080l50 130H10z" fill="#8a6a48"/>
<path d="M10 740h1180v50H10z" fill="#6f5338"/>`
const LESSON = `<rect width="1200" height="900" fill="#e3e8ea"/><rect x="160" y="70" width="880" height="400" rx="8" fill="#24443a"/>
<path d="M230 160h420M230 230h620M230 300h520M230 370h300" stroke="#dfe9e4" stroke-width="12" stroke-linecap="round"/>
${figure(960, 330, '#7a3b3b')}<path d="M860 470h200v110H860z" fill="#8a6a48"/>
${row([150, 375, 600, 825, 1050], 660, COLOURS.toReversed())}`
const OUTSIDE = `<rect width="1200" height="560" fill="#cfe4f2"/><rect y="560" width="1200" height="340" fill="#8fb574"/>
<circle cx="1010" cy="140" r="70" fill="#f6d67a"/><path d="M0 560l260-180 240 140 260-200 440 240z" fill="#a9c3b0"/>
${[170, 520, 900].map((x) => `<path d="M${x} 720v-190" stroke="#7a5c3a" stroke-width="22"/><circle cx="${x}" cy="470" r="98" fill="#4f8a4c"/>`).join('')}
${row([340, 700, 1060], 560, COLOURS)}<path d="M0 790h1200v110H0z" fill="#7d6245"/>`

const SCENES = [
  ['会场：支部党员围坐学习讨论', ROOM],
  ['党课现场：主讲人结合工作实例讲解', LESSON],
  ['会后实践：党员参加植树志愿服务', OUTSIDE],
] as const

const drawn = (scene: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="${WIDTH}" height="${HEIGHT}">${scene}</svg>`,
    ),
  )
    .jpeg({ quality: 80 })
    .toBuffer()

/** Three drawn pictures with captions in the record of a meeting, as its organiser adds them. */
export async function addPictures(app: App, organiser: Desk, meetingId: string): Promise<void> {
  const origin = await listening(app)
  for (const [place, [caption, scene]] of SCENES.entries()) {
    const bytes = await drawn(scene)
    const fileId = await upload(origin, organiser, { name: `现场${place + 1}.jpg`, purpose: 'photo', bytes })
    await organiser('POST', `/meetings/${meetingId}/photos`, { fileId, caption })
  }
}
