package dev.kafila.faults.proof;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A checker that used the product's code would make the product's mistakes. */
@AnalyzeClasses(packages = "dev.kafila.faults")
class IndependenceTest {
    @ArchTest
    static final ArchRule aProofUsesNothingOfTheProduct = noClasses()
            .that()
            .resideInAPackage("dev.kafila.faults..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.kafila..")
                    .and(not(
                            resideInAnyPackage("dev.kafila.faults..", "dev.kafila.sandbox..", "dev.kafila.charts.."))));
}
