import type { App } from '../app.ts'
import type { Desk } from './desk.ts'
import { box, drawn, HEIGHT, oval, WIDTH } from './drawing.ts'
import { listening, upload } from './learning-files.ts'

/** Somebody as a shape: nobody is to be recognised. */
const figure = (x: number, y: number, colour: string) => [
  oval(colour, [x, y], [42, 42]),
  oval(colour, [x, y + 190], [78, 132], true),
]
const COLOURS = ['3f5a73', '7a5c4a', '56705a', '6a5a78']
const row = (y: number, ...xs: readonly number[]) =>
  xs.flatMap((x, place) => figure(x, y, COLOURS[place % COLOURS.length] ?? ''))
const lines = (colour: string, left: number, top: number, ...widths: readonly number[]) =>
  widths.map((width, place) => box(colour, left, top + place * 56, width, 14))

const ROOM = [
  box('efe7da', 0, 0, WIDTH, 640),
  box('b99b78', 0, 640, WIDTH, 260),
  box('8c8c8c', 322, 82, 556, 266),
  box('fdfdfb', 330, 90, 540, 250),
  ...lines('c8161d', 380, 140, 300, 420, 240),
  ...row(420, 170, 380, 600, 820, 1030),
  box('8a6a48', 40, 610, 1120, 130),
  box('6f5338', 0, 740, WIDTH, 50),
]
const LESSON = [
  box('e3e8ea', 0, 0, WIDTH, HEIGHT),
  box('24443a', 160, 70, 880, 400),
  ...lines('dfe9e4', 230, 150, 420, 600, 520, 300),
  ...figure(960, 310, '9a4a4a'),
  box('8a6a48', 860, 470, 200, 110),
  ...row(660, 150, 375, 600, 825, 1050),
]
const OUTSIDE = [
  box('cfe4f2', 0, 0, WIDTH, 560),
  oval('f6d67a', [1010, 140], [70, 70]),
  oval('a9c3b0', [260, 560], [420, 170], true),
  oval('a9c3b0', [860, 560], [480, 220], true),
  box('8fb574', 0, 560, WIDTH, 340),
  ...[170, 520, 900].flatMap((x) => [box('7a5c3a', x - 11, 530, 22, 190), oval('4f8a4c', [x, 470], [98, 98])]),
  ...row(590, 340, 700, 1060),
  box('7d6245', 0, 780, WIDTH, 120),
]

const SCENES = [
  ['会场：支部党员围坐学习讨论', ROOM],
  ['党课现场：主讲人结合工作实例讲解', LESSON],
  ['会后实践：党员参加植树志愿服务', OUTSIDE],
] as const

/** Three drawn pictures with captions in the record of a meeting, as its organiser adds them. */
export async function addPictures(app: App, organiser: Desk, meetingId: string): Promise<void> {
  const origin = await listening(app)
  for (const [place, [caption, shapes]] of SCENES.entries()) {
    const bytes = await drawn(shapes)
    const fileId = await upload(origin, organiser, { name: `现场${place + 1}.jpg`, purpose: 'photo', bytes })
    await organiser('POST', `/meetings/${meetingId}/photos`, { fileId, caption })
  }
}
