export * from './deadlines.doors.ts'
