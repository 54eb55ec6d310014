// Package deploytest holds the files of deploy to the types of those who read them: the compose file to those of the
// compose specification, the manifest to those of Kubernetes, strictly: a field that they do not know is an error.
package deploytest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
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
	if deployment.Spec.Strategy.Type != apps.RecreateDeploymentStrategyType {
		t.Errorf("replicas of two versions run beside each other: %s", deployment.Spec.Strategy.Type)
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

// TestCompose: the command at the beginning of the compose file, in the folder of the file with what it says to put
// there, makes two services; without --env-file it says what is missing.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile("../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const command = "docker compose --env-file secrets.env up -d"
	if !strings.Contains(string(text), "folder: "+command+"\n") {
		t.Fatalf("the file does not say %q", command)
	}
	folder := t.TempDir()
	for name, content := range map[string]string{"compose.yaml": string(text), "config.yml": "{}\n",
		"secrets.env": "JIRA_API_TOKEN=a\nSTORE_PASSWORD=b\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func(envFiles ...string) (*types.Project, error) {
		options, err := cli.NewProjectOptions(nil, cli.WithWorkingDirectory(folder), cli.WithEnvFiles(envFiles...),
			cli.WithDotEnv, cli.WithDefaultConfigPath)
		if err != nil {
			return nil, err
		}
		return options.LoadProject(t.Context())
	}
	project, err := load(filepath.Join(folder, "secrets.env"))
	if err != nil || len(project.Services) != 2 {
		t.Fatal(project, err)
	}
	jerem, db := project.Services["jerem"].Environment, project.Services["db"].Environment
	if url := jerem["JEREM_STORE_URL"]; url == nil || *url != "postgres://jerem:b@db:5432/jerem?sslmode=disable" {
		t.Errorf("the store of jerem: %v", url)
	}
	if token := jerem["JIRA_API_TOKEN"]; token == nil || *token != "a" {
		t.Errorf("the token of jerem: %v", token)
	}
	if password := db["POSTGRES_PASSWORD"]; password == nil || *password != "b" {
		t.Errorf("the password of db: %v", password)
	}
	if source := project.Services["jerem"].Volumes[0].Source; source != filepath.Join(folder, "config.yml") {
		t.Errorf("the configuration is looked for at %s", source)
	}
	if _, err = load(); err == nil || !strings.Contains(err.Error(), "say --env-file secrets.env") {
		t.Errorf("without secrets: %v", err)
	}
}
