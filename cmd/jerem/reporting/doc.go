// Package reporting holds the commands that read the store and write figures: status, digest, explain, export and
// calibrate; and grafana, which writes boards that show them. They run beside a process that writes the store.
package reporting
