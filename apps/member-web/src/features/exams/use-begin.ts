import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { startSitting } from '@tongxin/contract/exams.own'
import { paths } from '../../paths.ts'
import { ALL_EXAMS, mySitting } from './exams.api.ts'
import { keepSheet } from './kept-answers.ts'

/** Begins, or goes on with what was begun, and opens the sheet. */
export function useBegin() {
  const router = useRouter()
  const queryClient = useQueryClient()
  return useWrite(startSitting, {
    refreshes: ALL_EXAMS,
    onDone: (sheet) => {
      keepSheet(sheet)
      queryClient.setQueryData(mySitting(sheet.id).queryKey, sheet)
      void router.navigate({ to: paths.exams.sitting(sheet.id) })
    },
  })
}
