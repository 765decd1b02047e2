import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { type Session, sessionQuery } from './session.ts'
import { registerStepUp } from './step-up.ts'

// Rarely wanted: the dialog and the passkey code come when the server asks.
const StepUpForm = lazy(async () => ({ default: (await import('./StepUpForm.tsx')).StepUpForm }))

/**
 * Asks for the second factor when the server wants it, for whichever call was refused. Stands once in each shell.
 * `securityPath` is where somebody without a second factor sets one up.
 */
export function StepUpDialog({ securityPath }: { securityPath: string }) {
  const queryClient = useQueryClient()
  const [factors, setFactors] = useState<Session['factors'] | null>(null)
  const answer = useRef<(isShown: boolean) => void>(() => undefined)
  // Synchronises with `call`, which stands outside React and waits for the promise.
  useEffect(
    () =>
      registerStepUp(async () => {
        const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
        setFactors(session.factors)
        return new Promise((resolve) => {
          answer.current = resolve
        })
      }),
    [queryClient],
  )
  const close = (isShown: boolean) => {
    setFactors(null)
    answer.current(isShown)
    if (isShown) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  if (factors === null) return null
  return (
    <Suspense>
      <StepUpForm factors={factors} securityPath={securityPath} onDone={close} />
    </Suspense>
  )
}
