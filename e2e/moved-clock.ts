/** From now on this program or page takes the time to be `ahead` milliseconds later. Stands alone: pages get its text. */
export function moveClock(ahead: number): void {
  const clock = Date
  const nowOfMachine = Date.now.bind(Date)
  const now = () => nowOfMachine() + ahead
  globalThis.Date = new Proxy(clock, {
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => new clock(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  })
}
