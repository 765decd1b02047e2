import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorState } from '@tongxin/ui'

/** A page whose data could not be loaded. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <ErrorState
      isPage
      error={error}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}
