// Package datacenter has the shapes in which a Data Center tells what Cloud tells in others: sprints of an issue are
// texts, its epic stands in a field of its own, people have names, and things lack what is Cloud's alone.
//
//	datacenter.FieldsOf(site, view, issue)   // the fields of an issue, an epic link among them
//	datacenter.Value(site, answer)           // an answer of Cloud's shape, rewritten
//
// A sprint of the field is
//
//	com.atlassian.greenhopper.service.sprint.Sprint@77c1962c[id=3,rapidViewId=1,state=ACTIVE,name=Sprint 3,...]
//
// with its parts in one of several orders, for the order is nobody's promise.
package datacenter
