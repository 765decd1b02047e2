import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useWrite } from '@tongxin/client/use-write'
import { readDemonstration, removeDemonstration } from '@tongxin/contract/demonstration'
import { Button, ConfirmDialog, Lamp, Progress, say } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const ASK_AGAIN_MS = 1000
const demonstrationQuery = queryOptions({
  queryKey: ['demonstration'],
  queryFn: ({ signal }) => call(readDemonstration, { signal }),
  refetchInterval: ({ state }) => (state.data?.removal ? ASK_AGAIN_MS : false),
})

/** The invented committee beside the own organisation, and its removal by one click. Nothing where there is none. */
export function Part() {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { data } = useQuery(demonstrationQuery)
  const removing = useWrite(removeDemonstration, {
    refreshes: [demonstrationQuery.queryKey],
    onDone: () => setAsking(false),
  })
  const wasThere = useRef(false)
  // Tells once that what this page saw go is gone.
  useEffect(() => {
    if (data?.removal) wasThere.current = true
    if (data?.isThere !== false || !wasThere.current) return
    wasThere.current = false
    say(t('demonstration.removed'))
  }, [data, t])
  if (!data?.isThere) return null
  return (
    <section className="panel">
      <h2>{t('demonstration.title')}</h2>
      <p>{t('demonstration.lead', { name: data.name })}</p>
      {data.removal ? (
        <Progress label={t('demonstration.removing')} done={data.removal.done} total={data.removal.total} />
      ) : (
        <>
          {data.hasFailed ? <Lamp state="late">{t('demonstration.failed')}</Lamp> : null}
          <Button onClick={() => setAsking(true)}>{t('demonstration.remove')}</Button>
        </>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('demonstration.question')}
        verb={t('demonstration.remove')}
        isDanger
        isBusy={removing.isPending}
        error={removing.error}
        onConfirm={() => removing.mutate({ body: {} })}
      >
        {t('demonstration.what', { name: data.name })}
      </ConfirmDialog>
    </section>
  )
}
