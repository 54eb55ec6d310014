package synctest

// SmallTeam is a story of one team: two sprints, an epic, three stories and an impediment.
const SmallTeam = `-- site --
url https://jira.example
zone Europe/Paris
clock 2026-10-28 14:00
-- fields --
nature customfield_11028 select "Nature of impediment" Support Incident
-- board 1 scrum K8S "Kubernetes" --
estimate customfield_10036
column "To Do": open
column "In Progress": doing review
column "Done": done
-- sprints --
21 "Sprint 21" 2026-10-05 09:30 .. 2026-10-16 17:00 closed 2026-10-16 17:12 next=22
22 "Sprint 22" 2026-10-19 09:30 .. 2026-10-30 17:00
-- K8S-1 Epic "Private clusters" --
2026-09-21 10:00 created labels=Q4-26,Project_Network
-- K8S-101 Story "One" --
2026-10-01 10:00 created points=5 sprint=21 epic=K8S-1
2026-10-07 11:00 status=doing
2026-10-09 16:30 status=done
-- K8S-102 Story "Two" --
2026-10-01 10:10 created points=3 sprint=21 epic=K8S-1
2026-10-08 11:00 status=doing
2026-10-22 10:00 status=done
-- K8S-103 Story "Three" --
2026-10-12 10:10 created points=2 epic=K8S-1
2026-10-20 09:00 sprint=22
2026-10-21 09:00 points=8
-- K8S-110 Bug "Down" --
2026-10-13 08:00 created labels=impediment nature=Incident
2026-10-13 12:00 status=done log 2h on 2026-10-13 09:00
`
