// Package deploytest holds the files of deploy to the types of those who read them: the compose file to those of the
// compose specification, the manifest to those of Kubernetes, strictly: a field that they do not know is an error.
package deploytest

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	"sigs.k8s.io/yaml"
)

// TestManifest: each document is one of Kubernetes, without a field that it does not know, and what one names of
// another is there.
func TestManifest(t *testing.T) {
	text, err := os.ReadFile("../kubernetes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var deployment apps.Deployment
	var service core.Service
	var config core.ConfigMap
	secrets := map[string]core.Secret{}
	kinds := map[string]int{}
	for _, document := range strings.Split(string(text), "\n---\n") {
		var head struct {
			Kind string `json:"kind"`
		}
		if err := yaml.Unmarshal([]byte(document), &head); err != nil {
			t.Fatal(err)
		}
		kinds[head.Kind]++
		var into any
		var secret core.Secret
		switch head.Kind {
		case "Secret":
			into = &secret
		case "ConfigMap":
			into = &config
		case "Deployment":
			into = &deployment
		case "Service":
			into = &service
		case "PersistentVolumeClaim":
			into = &core.PersistentVolumeClaim{}
		case "NetworkPolicy":
			into = &networking.NetworkPolicy{}
		default:
			t.Errorf("a document of the kind %q", head.Kind)
			continue
		}
		if err := yaml.UnmarshalStrict([]byte(document), into); err != nil {
			t.Errorf("%s: %v", head.Kind, err)
		}
		if head.Kind == "Secret" {
			secrets[secret.Name] = secret
		}
	}
	if kinds["Deployment"] != 1 || kinds["Secret"] != 2 || kinds["Service"] != 1 {
		t.Fatalf("found are %v", kinds)
	}
	pod := deployment.Spec.Template
	for label, value := range service.Spec.Selector {
		if pod.Labels[label] != value || deployment.Spec.Selector.MatchLabels[label] != value {
			t.Errorf("the service asks for %s=%s, the pod has %v", label, value, pod.Labels)
		}
	}
	container := pod.Spec.Containers[0]
	if container.LivenessProbe == nil || container.ReadinessProbe == nil || container.StartupProbe == nil {
		t.Error("a probe is missing")
	}
	for _, e := range container.Env {
		if e.ValueFrom != nil {
			ref := e.ValueFrom.SecretKeyRef
			if secrets[ref.Name].StringData[ref.Key] == "" {
				t.Errorf("%s is of no secret here", e.Name)
			}
		}
	}
	for name := range secrets["jerem"].StringData {
		if !strings.Contains(config.Data["config.yml"], "${"+name+"}") {
			t.Errorf("the configuration does not read %s", name)
		}
	}
	if _, found := config.Data["config.yml"]; !found || len(container.EnvFrom) != 1 ||
		secrets[container.EnvFrom[0].SecretRef.Name].Name == "" {
		t.Error("configuration or secrets do not come in")
	}
}

// TestCompose: the compose file is one by the specification, with a variable set and refused without it.
func TestCompose(t *testing.T) {
	load := func(env ...string) error {
		options, err := cli.NewProjectOptions([]string{"../compose.yaml"}, cli.WithEnv(env),
			cli.WithLoadOptions(), cli.WithoutEnvironmentResolution)
		if err != nil {
			return err
		}
		project, err := options.LoadProject(context.Background())
		if err == nil && len(project.Services) != 2 {
			t.Errorf("%d services", len(project.Services))
		}
		return err
	}
	if err := load("STORE_PASSWORD=x"); err != nil {
		t.Error(err)
	}
	if err := load(); err == nil || !strings.Contains(err.Error(), "secrets.env") {
		t.Errorf("without a password: %v", err)
	}
}
