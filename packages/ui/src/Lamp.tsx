import { Award, CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type LampState = 'ok' | 'warn' | 'late' | 'info' | 'idle' | 'honour'
const SHAPES = {
  ok: CircleCheck,
  warn: TriangleAlert,
  late: CircleAlert,
  info: Info,
  idle: CircleDashed,
  honour: Award,
} as const

/** A state as colour, shape and word together, so that no one needs the colour. */
export function Lamp({ state, children }: { state: LampState; children: ReactNode }) {
  const Shape = SHAPES[state]
  return (
    <span className="tx-lamp" data-state={state}>
      <Shape aria-hidden="true" />
      {children}
    </span>
  )
}
