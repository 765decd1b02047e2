import type { Module } from '../../platform/module.ts'
import { examsJobs } from './exams.jobs.ts'
import type { ExamsPorts } from './exams.ports.ts'
import { examsRoutes } from './exams.routes.ts'
import { examsWaiting } from './waiting.doors.ts'

export { examineesOf, paperCards } from './exams.doors.ts'

export const examsModule = (ports: ExamsPorts): Module => ({
  name: 'exams',
  routes: examsRoutes(ports),
  jobs: examsJobs(ports),
  waitingFor: examsWaiting,
})
