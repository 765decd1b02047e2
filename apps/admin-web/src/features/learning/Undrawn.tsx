import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { type CourseRecord, drawSlidesAgain } from '@tongxin/contract/learning'
import type { SlidesUndrawn } from '@tongxin/contract/learning.words'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { fileUrl } from './file-url.ts'
import { useDone } from './use-done.ts'

/** Slides without pages: why, what helps, and another try. Learners open the file meanwhile. */
export function Undrawn({ course, slides, name }: { course: CourseRecord; slides: SlidesUndrawn; name: string }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('learning.write')
  const save = useWrite(
    drawSlidesAgain,
    useDone(() => undefined, 'learning.drawingAgain'),
  )
  const { fileId, state, why } = slides
  const params = { id: course.id, fileId }
  // Whoever is given the history of the course stands at the unit that owns it.
  const isOwn = course.versions.length > 0
  return (
    <div className="learning-undrawn">
      <p>
        <Lamp state={state === 'failed' ? 'late' : why === null ? 'info' : 'warn'}>
          {t(`learning.undrawn.${state}`)}
        </Lamp>{' '}
        <a href={fileUrl(course.id, fileId)} target="_blank" rel="noreferrer">
          {name}
        </a>
      </p>
      <p className="hint">{t(`learning.undrawn.why.${why ?? 'turn'}`)}</p>
      <RefusalText error={save.error} />
      {why !== null && isOwn ? (
        <Button isBusy={save.isPending} whyNot={whyNot} onClick={() => save.mutate({ params, body: {} })}>
          {t('learning.drawAgain')}
        </Button>
      ) : null}
    </div>
  )
}
