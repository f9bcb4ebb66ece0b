#ifndef CHARGEHOST_ENDING_H
#define CHARGEHOST_ENDING_H

/* Ends this process, a child of `parent`, when all writing ends of the pipe `end` are closed, as they are when the parent
   has ended. PR_SET_PDEATHSIG would not do: it comes when the thread ends that forked, and threads of a pool end. */
void end_when_closed(int end, int parent);

#endif
