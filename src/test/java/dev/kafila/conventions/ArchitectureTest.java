package dev.kafila.conventions;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;

@AnalyzeClasses(packages = "dev.kafila", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesDoNotDependOnEachOtherInCircles =
            slices().matching("dev.kafila.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noPackageKnowsTheApplication = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kafila")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kafila");

    @ArchTest
    static final ArchRule formattersKnowNeitherAwsNorDelivery = noClasses()
            .that()
            .resideInAPackage("dev.kafila.format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon..",
                    "dev.kafila.aws..",
                    "dev.kafila.lambda..",
                    "dev.kafila.failure..",
                    "dev.kafila.batch..");

    @ArchTest
    static final ArchRule theConsumerKnowsNothingOfWhatIsDoneWithItsBatches = noClasses()
            .that()
            .resideInAPackage("dev.kafila.batch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kafila.record..",
                    "dev.kafila.format..",
                    "dev.kafila.failure..",
                    "dev.kafila.lambda..",
                    "dev.kafila.settings..");

    @ArchTest
    static final ArchRule nothingKnowsTheSandbox =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.kafila.sandbox..");

    @ArchTest
    static final ArchRule awsClientsAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kafila.aws..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("software\\.amazon\\.awssdk\\.services\\..*ClientBuilder");

    @ArchTest
    static final ArchRule kameletsNeedNothingOfThisProcess = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.kafila.batch..",
                    "dev.kafila.record..",
                    "dev.kafila.schema..",
                    "dev.kafila.pipeline..",
                    "dev.kafila.filter..",
                    "dev.kafila.transform..",
                    "dev.kafila.format..",
                    "dev.kafila.failure..",
                    "dev.kafila.lambda..",
                    "dev.kafila.gateway.publish..",
                    "dev.kafila.gateway.protobuf..",
                    "dev.kafila.gateway.request..",
                    "dev.kafila.gateway.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kafila.settings..", "dev.kafila.reload..", "dev.kafila.management..");

    @ArchTest
    static final ArchRule nothingIsDeserialisedByJava =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static final ArchRule onlyTheProcessWritesToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kafila")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");
}
